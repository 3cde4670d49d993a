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
    private readonly ReplicaLock _lock;
    private readonly SiloBreaker _breaker;
    private readonly BreakerDiagnostics _diagnostics;
    private readonly BreakerAlerts _alerts;
    private volatile BreakerView _view;
    private volatile bool _isTroubled;
    private volatile bool _isUsed;

    public BreakerReplica(
        ILocalSiloDetails silo,
        IOptions<BreakerOptions> options,
        TimeProvider time,
        NewRandom newRandom,
        BreakerDiagnostics diagnostics,
        BreakerAlerts alerts)
    {
        _diagnostics = diagnostics;
        _alerts = alerts;
        _lock = new ReplicaLock(time, NextReport, Publish, RecordUse);
        _breaker = new SiloBreaker(silo.SiloAddress.ToParsableString(), options.Value, newRandom(), _lock.Now);
        _view = _breaker.View;
        diagnostics.Observe(() => View.State, () => _lock.Change(_breaker.CountFailures));
    }

    /// <summary>The breaker state that this silo applies to calls.</summary>
    public BreakerView View => _view;

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
            _lock.Change(now => _breaker.OnFailure(now, pass, operation, cache));
        }
    }

    /// <inheritdoc cref="ReplicaLock.WaitAsync"/>
    public Task WaitAsync(CancellationToken cancellationToken) => _lock.WaitAsync(cancellationToken);

    /// <inheritdoc cref="ReplicaLock.UntilReport"/>
    public TimeSpan UntilReport() => _lock.UntilReport();

    /// <summary>Creates the report to send now.</summary>
    public BreakerReport Report() => _lock.Change(_breaker.Report);

    /// <summary>Records that the coordinator has answered a report.</summary>
    /// <returns>A permit for one probe, to be made now; null for no probe.</returns>
    public SiloPermit? OnAnswer(BreakerReport report, BreakerAnswer answer) =>
        Note(_lock.Change(now => _breaker.OnAnswer(now, report, answer)));

    /// <summary>Records that the coordinator did not answer a report in time.</summary>
    /// <returns>A permit for one probe, to be made now; null for no probe.</returns>
    public SiloPermit? OnNoAnswer(BreakerReport report) =>
        Note(_lock.Change(now => _breaker.OnNoAnswer(now, report)));

    /// <summary>Records that the coordinator has pushed a snapshot.</summary>
    public void OnPush(BreakerSnapshot snapshot) => _lock.Change(now => _breaker.OnPush(now, snapshot));

    /// <summary>Records the result of a probe.</summary>
    public void OnProbed(SiloPermit permit, bool isSuccess) =>
        _lock.Change(now => _breaker.OnProbed(now, permit, isSuccess));

    public void Dispose() => _lock.Dispose();

    /// <summary>Records a success; kept separate so that <see cref="OnSuccess"/> allocates no closure otherwise.
    /// </summary>
    private void RecordSuccess(BreakerPass pass, StoreOperation operation) =>
        _lock.Change(now => _breaker.OnSuccess(now, pass, operation));

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
            _alerts.OnLocalTransition(transition);
        }

        return decision.Permit;
    }

    private TimeSpan NextReport() => _breaker.NextReport;

    private void RecordUse(TimeSpan now)
    {
        if (_isUsed)
        {
            _isUsed = false;
            _breaker.OnUsed(now);
        }
    }

    private void Publish()
    {
        _view = _breaker.View;
        _isTroubled = _breaker.HasFailures;
    }
}
