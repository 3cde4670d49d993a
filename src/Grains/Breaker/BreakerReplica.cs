using System.Security.Cryptography;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Coordination;
using CacheOrleans.Storage;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Breaker;

/// <summary>This silo's replica of the breaker, which every read and write of the store passes through.</summary>
/// <remarks>
/// Thread-safe: a lock guards <see cref="SiloBreaker"/>, and two volatile fields publish its state. Entering reads one
/// of them. A success without recent failures reads both, and sets a flag. Neither reads the clock: the reporter
/// changes the view when a break ends.
/// </remarks>
internal sealed class BreakerReplica : IBreakerGate, IBreakerView, IDisposable
{
    private readonly Lock _lock = new();
    private readonly SiloBreaker _breaker;
    private readonly WakeTimer _wakeTimer;
    private readonly TimeProvider _time;
    private readonly BreakerDiagnostics _diagnostics;
    private readonly long _start;
    private volatile BreakerView _view;
    private volatile bool _isTroubled;
    private volatile bool _isUsed;
    private TimeSpan _wakesAt = TimeSpan.MinValue;

    public BreakerReplica(
        ILocalSiloDetails silo, IOptions<BreakerOptions> options, TimeProvider time, BreakerDiagnostics diagnostics)
    {
        _time = time;
        _diagnostics = diagnostics;
        _start = time.GetTimestamp();
        _wakeTimer = new WakeTimer(time);
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        _breaker = new SiloBreaker(silo.SiloAddress.ToParsableString(), options.Value, random, Now);
        _view = _breaker.View;
        diagnostics.Observe(() => View.State, () => Change(_breaker.CountFailures));
    }

    /// <summary>The breaker state that this silo applies to calls.</summary>
    public BreakerView View => _view;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public bool TryEnter(out BreakerPass pass)
    {
        var view = _view;
        pass = new BreakerPass(view.Generation);
        return view.Admits;
    }

    public void OnSuccess(BreakerPass pass, StoreOperation operation)
    {
        if (IsLate(pass))
        {
            return;
        }

        if (_isTroubled)
        {
            RecordSuccess(pass, operation);
        }
        else if (!_isUsed)
        {
            _isUsed = true; // passed on with the next change; written only once, to keep the cache line shared
        }
    }

    public void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure)
    {
        if (failure.IsInconclusive)
        {
            return;
        }

        if (!failure.CountsAgainstHealth)
        {
            OnSuccess(pass, StoreOperation.Read);
        }
        else if (!IsLate(pass))
        {
            Change(now => _breaker.OnFailure(now, pass, operation, cache));
        }
    }

    /// <summary>Waits until a report is due.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (UntilReport() is var wait && wait > TimeSpan.Zero)
        {
            await _wakeTimer.SleepAsync(wait, cancellationToken);
        }
    }

    /// <summary>Returns the time until a report is due; if one becomes due earlier, the wake timer rings.</summary>
    public TimeSpan UntilReport()
    {
        lock (_lock)
        {
            _wakesAt = _breaker.NextReport;
            return _wakesAt - Now;
        }
    }

    /// <summary>Creates the report to send now.</summary>
    public BreakerReport Report() => Change(_breaker.Report);

    /// <summary>Records that the coordinator has answered a report.</summary>
    /// <returns>A permit for one probe, to be made now; null for no probe.</returns>
    public SiloPermit? OnAnswer(BreakerReport report, BreakerAnswer answer) =>
        Note(Change(now => _breaker.OnAnswer(now, report, answer)));

    /// <summary>Records that the coordinator did not answer a report in time.</summary>
    /// <returns>A permit for one probe, to be made now; null for no probe.</returns>
    public SiloPermit? OnNoAnswer(BreakerReport report) => Note(Change(now => _breaker.OnNoAnswer(now, report)));

    /// <summary>Records that the coordinator has pushed a snapshot.</summary>
    public void OnPush(BreakerSnapshot snapshot) => Change(now => _breaker.OnPush(now, snapshot));

    /// <summary>Records the result of a probe.</summary>
    public void OnProbed(SiloPermit permit, bool isSuccess) =>
        Change(now => _breaker.OnProbed(now, permit, isSuccess));

    public void Dispose() => _wakeTimer.Dispose();

    /// <summary>Records a success; kept separate so that <see cref="OnSuccess"/> allocates no closure otherwise.
    /// </summary>
    private void RecordSuccess(BreakerPass pass, StoreOperation operation) =>
        Change(now => _breaker.OnSuccess(now, pass, operation));

    /// <summary>Whether a call began before the last change of state: its result says nothing about the current one.
    /// </summary>
    private bool IsLate(BreakerPass pass)
    {
        var isLate = pass.Generation != _view.Generation;
        if (isLate)
        {
            _diagnostics.OnLate();
        }

        return isLate;
    }

    private SiloPermit? Note(SiloDecision decision)
    {
        if (decision.Transition is { } transition)
        {
            _diagnostics.OnLocalTransition(transition);
        }

        return decision.Permit;
    }

    private void Change(Action<TimeSpan> change) => Change(now =>
    {
        change(now);
        return true;
    });

    private T Change<T>(Func<TimeSpan, T> change)
    {
        lock (_lock)
        {
            var now = Now;
            if (_isUsed)
            {
                _isUsed = false;
                _breaker.OnUsed(now);
            }

            var result = change(now);
            _view = _breaker.View;
            _isTroubled = _breaker.HasFailures;
            if (_breaker.NextReport < _wakesAt)
            {
                _wakesAt = _breaker.NextReport;
                _wakeTimer.Ring();
            }

            return result;
        }
    }
}
