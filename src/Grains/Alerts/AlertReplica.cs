using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Coordination;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

/// <summary>This silo's replica of the alerts, which everything that can fail reports to.</summary>
/// <remarks>
/// Thread-safe: a lock guards <see cref="SiloAlerts"/>, and a volatile field shows whether a success must take the lock
/// at all. Callers never wait: failures are described in words and reported elsewhere, when a report is due.
/// </remarks>
internal sealed class AlertReplica : IAlerts, IDisposable
{
    private readonly ReplicaLock _lock;
    private readonly SiloAlerts _alerts;
    private readonly TimeProvider _time;
    private volatile bool _areOpen;

    public AlertReplica(
        ILocalSiloDetails silo,
        IOptions<AlertOptions> options,
        TimeProvider time,
        NewRandom newRandom,
        AlertMetrics metrics)
    {
        _time = time;
        _lock = new ReplicaLock(time, NextReport, Publish);
        _alerts = new SiloAlerts(silo.SiloAddress.ToParsableString(), options.Value, newRandom(), _lock.Now);
        Publish();
        metrics.ObserveSuppressed(() => Suppressed);
    }

    public bool HasProblems => _areOpen;

    /// <summary>The number of this silo's failures that were suppressed since it started.</summary>
    public long Suppressed => _lock.Change(_ => _alerts.Suppressed);

    /// <summary>The table that this silo carries, including the cooldowns that it began without the coordinator.
    /// </summary>
    public AlertTable Known => _lock.Change(_alerts.Known);

    /// <summary>The failures that must be described in words for the next report.</summary>
    public IReadOnlyList<AlertEvidence> Undescribed => _lock.Change(_ => _alerts.Undescribed);

    public void OnFailure(string cache, AlertStage stage, Exception exception) =>
        _lock.Change(now => _alerts.OnFailure(now, AlertKey.Cache(cache), stage, exception, what: null));

    public void OnSuccess(string cache, AlertStage stage)
    {
        if (_areOpen)
        {
            RecordSuccess(AlertKey.Cache(cache), stage);
        }
    }

    /// <summary>Records that a breaker has opened because of failures.</summary>
    /// <param name="key">The breaker: the cluster's, or a silo's own.</param>
    /// <param name="what">What happened, in a sentence.</param>
    public void OnOpened(AlertKey key, string what) =>
        _lock.Change(now => _alerts.OnFailure(now, key, AlertStage.Breaker, null, what));

    /// <summary>Records that a breaker has closed because probes found that the store responds.</summary>
    /// <remarks>Recorded even while this silo has no open alert, because another silo may have seen the breaker open.
    /// </remarks>
    public void OnStoreAnswers(AlertKey key) => RecordSuccess(key, AlertStage.Breaker);

    /// <inheritdoc cref="SiloAlerts.OnManualChange"/>
    public void OnManualChange(BreakerTransition transition) =>
        _lock.Change(now => _alerts.OnManualChange(now, transition));

    /// <inheritdoc cref="ReplicaLock.WaitAsync"/>
    public Task WaitAsync(CancellationToken cancellationToken) => _lock.WaitAsync(cancellationToken);

    /// <inheritdoc cref="ReplicaLock.UntilReport"/>
    public TimeSpan UntilReport() => _lock.UntilReport();

    /// <inheritdoc cref="SiloAlerts.Describe"/>
    public void Describe(AlertKey key, AlertFailure failure) => _lock.Change(_ => _alerts.Describe(key, failure));

    /// <summary>Creates the report to send now.</summary>
    /// <param name="breaker">The breaker state that this silo applies to calls now.</param>
    public AlertReport Report(BreakerView breaker) => _lock.Change(now => _alerts.Report(now, breaker));

    /// <summary>Records that the coordinator has answered a report.</summary>
    public void OnAnswer(AlertAnswer answer) => _lock.Change(now => _alerts.OnAnswer(now, answer));

    /// <inheritdoc cref="SiloAlerts.OnNoAnswer"/>
    public IReadOnlyList<AlertNotice> OnNoAnswer(AlertReport report) =>
        _lock.Change(now => _alerts.OnNoAnswer(now, _time.GetUtcNow(), report));

    /// <summary>Records that the coordinator has pushed a table.</summary>
    public void OnPush(AlertTable table) => _lock.Change(now => _alerts.OnPush(now, table));

    public void Dispose() => _lock.Dispose();

    /// <summary>Records a success; kept separate so that <see cref="OnSuccess"/> allocates no closure otherwise.
    /// </summary>
    private void RecordSuccess(AlertKey key, AlertStage stage) =>
        _lock.Change(now => _alerts.OnSuccess(now, key, stage));

    private TimeSpan NextReport() => _alerts.NextReport;

    private void Publish() => _areOpen = _alerts.HasProblems;
}
