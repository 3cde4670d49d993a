using System.Security.Cryptography;
using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Grains.Coordination;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

/// <summary>This silo's replica of the alerts, which everything that can fail reports to.</summary>
/// <remarks>
/// Thread-safe: a lock guards <see cref="SiloAlerts"/>, and a volatile field shows whether a success must take the lock
/// at all. Callers never wait: failures are described in words and reported elsewhere, when a report is due.
/// </remarks>
internal sealed class AlertReplica : IAlerts, IBreakerAlerts, IDisposable
{
    private readonly Lock _lock = new();
    private readonly SiloAlerts _alerts;
    private readonly WakeTimer _wakeTimer;
    private readonly TimeProvider _time;
    private readonly long _start;
    private volatile bool _areOpen;
    private TimeSpan _wakesAt = TimeSpan.MinValue;

    public AlertReplica(
        ILocalSiloDetails silo, IOptions<AlertOptions> options, TimeProvider time, AlertMetrics metrics)
    {
        _time = time;
        _start = time.GetTimestamp();
        _wakeTimer = new WakeTimer(time);
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        _alerts = new SiloAlerts(silo.SiloAddress.ToParsableString(), options.Value, random, Now);
        _areOpen = _alerts.HasProblems;
        metrics.ObserveSuppressed(() => Suppressed);
    }

    public bool HasProblems => _areOpen;

    /// <summary>The number of this silo's failures that were suppressed since it started.</summary>
    public long Suppressed => Change(_ => _alerts.Suppressed);

    /// <summary>The table that this silo carries, including the cooldowns that it began without the coordinator.
    /// </summary>
    public AlertTable Known => Change(_alerts.Known);

    /// <summary>The failures that must be described in words for the next report.</summary>
    public IReadOnlyList<AlertEvidence> Undescribed => Change(_ => _alerts.Undescribed);

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public void OnFailure(string cache, AlertStage stage, Exception exception) =>
        Change(now => _alerts.OnFailure(now, AlertKey.Cache(cache), stage, exception, what: null));

    public void OnSuccess(string cache, AlertStage stage)
    {
        if (_areOpen)
        {
            RecordSuccess(AlertKey.Cache(cache), stage);
        }
    }

    public void OnOpened(AlertKey key, string what) =>
        Change(now => _alerts.OnFailure(now, key, AlertStage.Breaker, null, what));

    /// <remarks>Recorded even while this silo has no open alert, because another silo may have seen the breaker open.
    /// </remarks>
    public void OnStoreAnswers(AlertKey key) => RecordSuccess(key, AlertStage.Breaker);

    public void OnManualChange(BreakerTransition transition) =>
        Change(now => _alerts.OnManualChange(now, transition));

    /// <summary>Waits until a report is due.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (UntilReport() is var wait && wait > TimeSpan.Zero)
        {
            await _wakeTimer.SleepAsync(wait == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : wait, cancellationToken);
        }
    }

    /// <summary>Returns the time until a report is due, <see cref="TimeSpan.MaxValue"/> if none is; if one becomes due
    /// earlier, the wake timer rings.</summary>
    public TimeSpan UntilReport()
    {
        lock (_lock)
        {
            _wakesAt = _alerts.NextReport;
            return _wakesAt == TimeSpan.MaxValue ? _wakesAt : _wakesAt - Now;
        }
    }

    /// <inheritdoc cref="SiloAlerts.Describe"/>
    public void Describe(AlertKey key, AlertFailure failure) => Change(_ => _alerts.Describe(key, failure));

    /// <summary>Creates the report to send now.</summary>
    /// <param name="breaker">The breaker state that this silo applies to calls now.</param>
    public AlertReport Report(BreakerView breaker) => Change(now => _alerts.Report(now, breaker));

    /// <summary>Records that the coordinator has answered a report.</summary>
    public void OnAnswer(AlertAnswer answer) => Change(now => _alerts.OnAnswer(now, answer));

    /// <inheritdoc cref="SiloAlerts.OnNoAnswer"/>
    public IReadOnlyList<AlertNotice> OnNoAnswer(AlertReport report) =>
        Change(now => _alerts.OnNoAnswer(now, _time.GetUtcNow(), report));

    /// <summary>Records that the coordinator has pushed a table.</summary>
    public void OnPush(AlertTable table) => Change(now => _alerts.OnPush(now, table));

    public void Dispose() => _wakeTimer.Dispose();

    /// <summary>Records a success; kept separate so that <see cref="OnSuccess"/> allocates no closure otherwise.
    /// </summary>
    private void RecordSuccess(AlertKey key, AlertStage stage) =>
        Change(now => _alerts.OnSuccess(now, key, stage));

    private void Change(Action<TimeSpan> change) => Change(now =>
    {
        change(now);
        return true;
    });

    private T Change<T>(Func<TimeSpan, T> change)
    {
        lock (_lock)
        {
            var result = change(Now);
            _areOpen = _alerts.HasProblems;
            if (_alerts.NextReport < _wakesAt)
            {
                _wakesAt = _alerts.NextReport;
                _wakeTimer.Ring();
            }

            return result;
        }
    }
}
