namespace CacheOrleans.Breaker;

/// <summary>A silo's local breaker: counts only this silo's calls, beside the cluster's breaker or in its place.
/// </summary>
internal sealed class LocalBreaker(BreakerOptions settings, Random random, TimeSpan now)
{
    private BreakerOptions _settings = OfOne(settings);
    private CircuitBreaker _breaker = new(OfOne(settings), random, now);
    private BreakerSnapshot? _predecessor;
    private bool _tookOver;

    public BreakerState State => _breaker.State;

    public TimeSpan BreakEndsAt => _breaker.BreakEndsAt;

    /// <summary>The result of the probe that this breaker permitted, to be passed with the next report.</summary>
    public ProbeResult? Probe { get; set; }

    /// <summary>Passes the silo's report to this breaker and returns its decision.</summary>
    public SiloDecision Ask(TimeSpan now, BreakerReport report)
    {
        var (answer, transition) = _breaker.Report(
            now, report with { Known = _predecessor ?? _breaker.Snapshot(now), Probe = Probe });
        _predecessor = null;
        Probe = null;
        return new(answer.Permit is { } permit ? new(permit, true) : null, transition);
    }

    /// <summary>Continues from the last snapshot of the cluster's breaker, unless that was closed.</summary>
    public void TakeOver(TimeSpan now, BreakerSnapshot known)
    {
        if (known.State != BreakerState.Closed)
        {
            Reset(now);
            _predecessor = known with { SettingsVersion = 0 };
            _tookOver = true;
        }
    }

    /// <summary>Returns control to the cluster's breaker, which responds again. A break that began here continues.
    /// </summary>
    public void GiveBack(TimeSpan now)
    {
        if (_tookOver)
        {
            Reset(now);
        }
    }

    public void Change(BreakerOptions settings)
    {
        if (OfOne(settings) is var changed && changed != _settings)
        {
            _settings = changed;
            _breaker.Change(changed);
        }
    }

    /// <summary>Starts over in the closed state.</summary>
    public void Reset(TimeSpan now)
    {
        _breaker = new CircuitBreaker(_settings, random, now);
        _predecessor = null;
        _tookOver = false;
        Probe = null;
    }

    private static BreakerOptions OfOne(BreakerOptions settings) => settings with { Quorum = 1 };
}
