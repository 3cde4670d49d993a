namespace CacheOrleans.Breaker;

/// <summary>A silo's own breaker: a coordinator of one silo, beside that of the cluster or in its place.</summary>
internal sealed class LocalBreaker(BreakerOptions settings, Random random, TimeSpan now)
{
    private BreakerOptions _settings = OfOne(settings);
    private CircuitBreaker _breaker = new(OfOne(settings), random, now);
    private BreakerSnapshot? _predecessor;
    private bool _stoodIn;

    public BreakerState State => _breaker.State;

    public TimeSpan BreakEndsAt => _breaker.BreakEndsAt;

    /// <summary>How the probe that it gave leave for ended; told with the next report.</summary>
    public ProbeResult? Probe { get; set; }

    /// <summary>Reports to it.</summary>
    public SiloDecision Ask(TimeSpan now, BreakerReport report)
    {
        var (answer, transition) = _breaker.Report(
            now, report with { Known = _predecessor ?? _breaker.Snapshot(now), Probe = Probe });
        _predecessor = null;
        Probe = null;
        return new(answer.Permit is { } permit ? new(permit, true) : null, transition);
    }

    /// <summary>Goes on from what the cluster's breaker said last, unless that was closed.</summary>
    public void TakeOver(TimeSpan now, BreakerSnapshot known)
    {
        if (known.State != BreakerState.Closed)
        {
            Reset(now);
            _predecessor = known with { SettingsVersion = 0 };
            _stoodIn = true;
        }
    }

    /// <summary>The cluster's breaker is back; a break that began here goes on.</summary>
    public void GiveBack(TimeSpan now)
    {
        if (_stoodIn)
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

    /// <summary>Begins anew, closed.</summary>
    public void Reset(TimeSpan now)
    {
        _breaker = new CircuitBreaker(_settings, random, now);
        _predecessor = null;
        _stoodIn = false;
        Probe = null;
    }

    private static BreakerOptions OfOne(BreakerOptions settings) => settings with { Quorum = 1 };
}
