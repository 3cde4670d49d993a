namespace CacheOrleans.Breaker;

/// <summary>The probes between the end of a break and what comes of it.</summary>
/// <remarks>Permits are spread over the silos: one that has probed is given another only when there are not enough
/// silos for each to make one, and one whose probe failed is given none. Nor is one that let a permit expire, as long
/// as there are others: it may be dead, or too slow to hear of its permit in time, for ever.</remarks>
internal sealed class ProbeRound
{
    private readonly Dictionary<string, (long Permit, TimeSpan Until)> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _successes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);

    public int Successes => _successes.Values.Sum();

    /// <summary>Whether as many silos' probes failed as it takes, or all there are that make theirs.</summary>
    public bool HasFailed(int quorum, IReadOnlyCollection<string> live) =>
        _failed.Count >= Math.Min(quorum, Math.Max(1, live.Count(silo => !_silent.Contains(silo))));

    /// <summary>Takes the result of a probe; returns false when its permit is not this silo's, or has expired and gone
    /// to another.</summary>
    public bool Settle(string silo, ProbeResult probe)
    {
        if (!_leases.TryGetValue(silo, out var lease) || lease.Permit != probe.Permit)
        {
            return false;
        }

        _leases.Remove(silo);
        if (probe.IsSuccess)
        {
            _successes[silo] = _successes.GetValueOrDefault(silo) + 1;
        }
        else
        {
            _failed.Add(silo);
        }

        return true;
    }

    /// <summary>Gives a silo a permit, or the one it has once more: its answer may have been lost.</summary>
    /// <returns>The permit, or null when this silo is not to probe now.</returns>
    public BreakerPermit? Lease(
        TimeSpan now, string silo, IReadOnlyCollection<string> live, BreakerOptions settings, Func<long> nextId)
    {
        foreach (var (holder, lease) in _leases)
        {
            if (lease.Until <= now)
            {
                _leases.Remove(holder);
                _silent.Add(holder);
            }
        }

        if (live.All(_silent.Contains))
        {
            _silent.Clear();
        }

        if (!_leases.TryGetValue(silo, out var own))
        {
            if (!MayProbe(silo, live.Count(IsAble), settings))
            {
                return null;
            }

            _leases[silo] = own = (nextId(), now.Plus(settings.ProbeTimeout));
        }

        return new BreakerPermit(own.Permit, own.Until - now);
    }

    private bool IsAble(string silo) => !_failed.Contains(silo) && !_silent.Contains(silo);

    private bool MayProbe(string silo, int able, BreakerOptions settings)
    {
        var share = (settings.ProbesToClose + able - 1) / Math.Max(1, able);
        return IsAble(silo)
            && _successes.GetValueOrDefault(silo) < share
            && _leases.Count < settings.MaxConcurrentProbes
            && Successes + _leases.Count < settings.ProbesToClose;
    }
}
