namespace CacheOrleans.Breaker;

/// <summary>Distributes the permits for probes after a break, and collects the results until the breaker closes or
/// opens again.</summary>
/// <remarks>Permits are spread over the silos: a silo that has probed gets another permit only when there are fewer
/// silos than probes needed, and a silo whose probe failed gets no other. A silo that let a permit expire gets none
/// either as long as there are others: it may be dead, or always too slow to receive its permit in time.</remarks>
internal sealed class ProbeRound
{
    private readonly Dictionary<string, (long Permit, TimeSpan Until)> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _successes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unresponsive = new(StringComparer.Ordinal);

    public int Successes => _successes.Values.Sum();

    /// <summary>Whether the probes of a quorum of silos failed, or of all silos that complete their probes.</summary>
    public bool HasFailed(int quorum, IReadOnlyCollection<string> live) =>
        _failed.Count >= Math.Min(quorum, Math.Max(1, live.Count(silo => !_unresponsive.Contains(silo))));

    /// <summary>Records the result of a probe. Returns false if the silo does not hold this permit, for example because
    /// it expired and was taken away when another permit was requested.</summary>
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

    /// <summary>Grants a silo a permit, or repeats the one it has, because the answer with it may have been lost.
    /// </summary>
    /// <returns>The permit, or null if this silo may not probe now.</returns>
    public BreakerPermit? Lease(
        TimeSpan now, string silo, IReadOnlyCollection<string> live, BreakerOptions settings, Func<long> nextId)
    {
        foreach (var (holder, lease) in _leases)
        {
            if (lease.Until <= now)
            {
                _leases.Remove(holder);
                _unresponsive.Add(holder);
            }
        }

        if (live.All(_unresponsive.Contains))
        {
            _unresponsive.Clear();
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

    private bool IsAble(string silo) => !_failed.Contains(silo) && !_unresponsive.Contains(silo);

    private bool MayProbe(string silo, int able, BreakerOptions settings)
    {
        var share = (settings.ProbesToClose + able - 1) / Math.Max(1, able);
        return IsAble(silo)
            && _successes.GetValueOrDefault(silo) < share
            && _leases.Count < settings.MaxConcurrentProbes
            && Successes + _leases.Count < settings.ProbesToClose;
    }
}
