using System.Diagnostics;

namespace CacheOrleans.Chaos.Histories;

/// <summary>
/// Finds the reads that returned what an acknowledged change had ended before they began. Each change increases the
/// version of its row, and the changes of a row come one after the other.
/// </summary>
internal sealed class Coherence
{
    /// <summary>How long a copy lasts in the applications.</summary>
    public static readonly TimeSpan NearLease = TimeSpan.FromSeconds(5);

    /// <summary>How long a message to an application takes at most, on a busy machine.</summary>
    private static readonly TimeSpan Message = TimeSpan.FromSeconds(2);

    /// <summary>How long a silo that was not notified uses the entries of a tag: it asks every 5 s for the tags that
    /// were read.</summary>
    private static readonly TimeSpan TagsAsked = TimeSpan.FromSeconds(12);

    private readonly IReadOnlyList<Disturbance> _disturbances;
    private readonly ILookup<int, Call> _reads;
    private readonly Dictionary<int, List<Call>> _changes;
    private readonly HashSet<(int Row, long Version)> _known;
    private readonly Dictionary<(int Row, long Version), long> _begins;

    public Coherence(IEnumerable<Call> calls, IReadOnlyList<Disturbance> disturbances)
    {
        _disturbances = disturbances;
        _reads = calls.Where(call => call.IsRead && call.Outcome == CallOutcome.Answered).ToLookup(call => call.Row);
        _changes = calls.Where(call => call.IsAcknowledged)
            .GroupBy(call => call.Row)
            .ToDictionary(row => row.Key, row => row.OrderBy(change => change.End).ToList());
        _known = [.. _changes.SelectMany(row => row.Value.Select(change => (row.Key, change.Version)))];
        _begins = calls.Where(call => call.IsChange)
            .GroupBy(call => (call.Row, call.Version))
            .ToDictionary(change => change.Key, change => change.Min(call => call.Begin));
    }

    /// <summary>Finds the stale reads, and the queued changes that were undone as documented.</summary>
    public (IReadOnlyList<StaleRead> Stale, int UndoneQueued) Find()
    {
        List<StaleRead> stale = [];
        HashSet<(int Row, long Version)> undone = [];
        foreach (var (row, changes) in _changes)
        {
            foreach (var read in _reads[row])
            {
                foreach (var change in Newer(changes, read))
                {
                    if (IsLost(change, read))
                    {
                        undone.Add((row, change.Version));
                    }
                    else if (Counts(change, read) && !IsExcused(change, read))
                    {
                        stale.Add(new(read, change));
                        break;
                    }
                }
            }
        }

        return (stale, undone.Count);
    }

    /// <summary>Returns the changes that were acknowledged before a read began, and that its answer does not have, the
    /// last first.</summary>
    private static IEnumerable<Call> Newer(List<Call> changes, Call read)
    {
        var (low, high) = (0, changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = changes[middle].End < read.Begin ? (middle + 1, high) : (low, middle);
        }

        for (var i = low - 1; i >= 0 && changes[i].Version > read.Version; i--)
        {
            yield return changes[i];
        }
    }

    /// <summary>Whether a read had to see a change.</summary>
    private bool Counts(Call change, Call read)
    {
        var from = change.End;
        if (change.Kind == CallKind.Tag && Lasting(Harm.Messages, change.Begin, change.End) is { } end)
        {
            from = Math.Max(from, end) + Ticks(TagsAsked);
        }

        if (read.Kind == CallKind.Copies && read.Client != change.Client)
        {
            // If an owner does not respond, because its silo is away or it is being evicted, a value is loaded without
            // it, and is a copy that the cluster does not know.
            var isLost = Lasting(
                Harm.Messages | Harm.Application | Harm.Room,
                change.Begin - Ticks(NearLease + Message),
                read.Begin) is not null;
            from += Ticks(isLost ? NearLease + Message : Message);
        }

        return from < read.Begin;
    }

    /// <summary>Whether a documented bound allows the answer.</summary>
    /// <remarks>Of a set whose outcome is not known, nobody knows when it takes effect. A change that did not wait for
    /// Redis, and the end of a tag, are ordered by the clocks of silos.</remarks>
    private bool IsExcused(Call change, Call read) =>
        (read.Version > 1 && !_known.Contains((read.Row, read.Version)))
        || Lasting(Harm.Zombie, read.Begin, read.End) is not null
        || ((change.Outcome == CallOutcome.Queued || change.Kind == CallKind.Tag) && IsWithinSkew(change, read));

    private bool IsWithinSkew(Call change, Call read) =>
        _begins.TryGetValue((read.Row, read.Version + 1), out var replaced)
        && _disturbances.Any(one => one.Harm.HasFlag(Harm.Clock) && one.Overlaps(replaced, read.End)
            && change.Begin < replaced + Ticks(one.Skew));

    /// <summary>Whether a silo ended that may have had a change in its queue.</summary>
    private bool IsLost(Call change, Call read) =>
        change.Outcome == CallOutcome.Queued && Lasting(Harm.Queued, change.Begin, read.End) is not null;

    /// <summary>Returns when the last disturbance of a kind ends that overlaps a time; null if none does.</summary>
    private long? Lasting(Harm harm, long begin, long end)
    {
        long? last = null;
        foreach (var one in _disturbances)
        {
            if ((one.Harm & harm) != Harm.None && one.Overlaps(begin, end))
            {
                last = Math.Max(last ?? 0, one.End);
            }
        }

        return last;
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}

/// <summary>A read that returned what a change had ended before it began.</summary>
internal sealed record StaleRead(Call Read, Call Change)
{
    /// <summary>Whether the application that read has made the change itself.</summary>
    public bool IsOwn => Read.Kind == CallKind.Copies && Read.Client == Change.Client;
}
