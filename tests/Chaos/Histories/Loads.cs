namespace CacheOrleans.Chaos.Histories;

/// <summary>Counts how often the applications loaded a row between two changes.</summary>
internal static class Loads
{
    /// <summary>Returns the most loads of one life of a row.</summary>
    /// <param name="calls">All calls.</param>
    /// <param name="disturbances">The faults.</param>
    /// <returns>The most of all lives, and the most of those in which a load must be the only one of the
    /// cluster.</returns>
    public static (int All, int Undisturbed) Most(
        IReadOnlyCollection<Call> calls, IReadOnlyList<Disturbance> disturbances)
    {
        // A load that begins before the change has ended may have read the new version already; another follows it.
        var loads = calls
            .Where(call => call is { Kind: CallKind.Load, Outcome: CallOutcome.Answered })
            .ToLookup(load => (load.Row, load.Version));
        var (all, undisturbed) = (0, 0);
        foreach (var change in calls.Where(call => call.IsAcknowledged))
        {
            var life = loads[(change.Row, change.Version)].Where(load => load.Begin > change.End).ToList();
            all = Math.Max(all, life.Count);
            if (life.Count > undisturbed && !IsDisturbed(change.Begin, life.Max(load => load.End)))
            {
                undisturbed = life.Count;
            }
        }

        return (all, undisturbed);

        bool IsDisturbed(long begin, long end) => disturbances.Any(one =>
            one.Harm != Harm.None && one.Overlaps(begin - Limits.Aftermath, end));
    }
}
