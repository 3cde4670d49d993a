namespace CacheOrleans.Chaos.Histories;

/// <summary>Makes figures of the calls of a scenario, and finds the promises that they break.</summary>
/// <param name="calls">All calls.</param>
/// <param name="disturbances">The faults.</param>
/// <param name="since">Loads and failures count from then on.</param>
internal sealed class Verdict(IReadOnlyList<Call> calls, IReadOnlyList<Disturbance> disturbances, long since)
{
    /// <summary>How many examples a broken promise names.</summary>
    private const int Examples = 5;

    private readonly List<string> _broken = [];

    /// <summary>Judges the calls.</summary>
    /// <param name="ends">When each fault ended, and when the next one began.</param>
    /// <param name="logLines">Warnings and errors of all silos.</param>
    public Figures Judge(IReadOnlyList<(long End, long Next)> ends, int logLines)
    {
        var (stale, undone) = new Coherence(calls, disturbances).Find();
        Add("stale reads", [.. stale.Select(one => $"{one.Read}, after {one.Change}")]);
        var (loads, undisturbed) = Loads.Most([.. calls.Where(call => call.Begin > since)], disturbances);
        Add("loads of one life", undisturbed > 1 ? [$"{undisturbed}"] : []);
        var failedReads = Failed(call => call.IsRead);
        Add("failed reads", Outside(failedReads, Harm.Database));
        var failedChanges = Failed(call => call.IsChange);
        Add("failed changes", Outside(failedChanges, Harm.Messages | Harm.Application));
        return new()
        {
            Reads = calls.Count(call => call.IsRead && call.Client != Call.Store),
            FailedReads = failedReads.Count,
            Changes = calls.Count(call => call.IsChange),
            FailedChanges = failedChanges.Count,
            StaleStrict = stale.Count(one => one.Read.Kind == CallKind.Strict && one.Read.Client != Call.Store),
            StaleCopies = stale.Count(one => one.Read.Kind == CallKind.Copies && !one.IsOwn),
            StaleOwn = stale.Count(one => one.IsOwn),
            MostLoads = loads,
            Lost = stale.Count(one => one.Read.Client == Call.Store),
            UndoneQueued = undone,
            Recovery = ends.Select(Recovery).DefaultIfEmpty().Max(),
            LogLines = logLines,
            Broken = _broken,
        };
    }

    /// <summary>Whether a call shows that not all is as before a fault.</summary>
    public static bool IsAbnormal(Call call) => call.Outcome == CallOutcome.Failed
        || (call.Outcome == CallOutcome.Queued && call.Kind != CallKind.Set)
        || (call.IsChange && call.End - call.Begin > Limits.Slow);

    private List<Call> Failed(Func<Call, bool> isMeant) =>
        [.. calls.Where(call => call.Outcome == CallOutcome.Failed && call.Begin > since && isMeant(call))];

    /// <summary>Returns the calls that no fault of a kind explains.</summary>
    private List<string> Outside(List<Call> failed, Harm harm) =>
    [
        .. failed
            .Where(call => !disturbances.Any(one => (one.Harm & harm) != Harm.None
                && one.Overlaps(call.Begin - Limits.Aftermath, call.End)))
            .Select(call => $"{call}"),
    ];

    private void Add(string what, List<string> examples)
    {
        if (examples.Count > 0)
        {
            _broken.Add($"{what}: {examples.Count}, such as\n  {string.Join("\n  ", examples.Take(Examples))}");
        }
    }

    private TimeSpan Recovery((long End, long Next) fault) => Limits.Elapsed(
        fault.End,
        calls.Where(call => call.End >= fault.End && call.End < fault.Next && IsAbnormal(call))
            .Select(call => call.End)
            .DefaultIfEmpty(fault.End)
            .Max());
}
