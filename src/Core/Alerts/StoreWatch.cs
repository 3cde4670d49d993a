namespace CacheOrleans.Alerts;

/// <summary>Tracks which silos use the store and which skip it, and decides what that means for a problem.</summary>
/// <remarks>Its owner serializes access. A silo that has not reported for a while is ignored: it may be gone, and a
/// silo that is alive reports every <see cref="AlertOptions.FlushInterval"/> while any problem is open.</remarks>
internal sealed class StoreWatch(AlertOptions options)
{
    private readonly Dictionary<string, Entry> _silos = new(StringComparer.Ordinal);
    private readonly TimeSpan _pause = options.QuietPeriod + options.FlushInterval;
    private TimeSpan? _skippedAt;
    private long _order;

    /// <summary>Records a report; an earlier report that arrives late is ignored.</summary>
    public void Note(TimeSpan now, AlertReport report)
    {
        foreach (var silo in _silos.Keys.Where(silo => !IsLive(now, silo)).ToList())
        {
            _silos.Remove(silo);
        }

        if (!_silos.TryGetValue(report.Silo, out var known) || known.Sequence < report.Sequence)
        {
            _silos[report.Silo] = new Entry(report.Sequence, now, ++_order, report.Store);
            _skippedAt = report.Store is { Skips: true } ? now : _skippedAt;
        }
    }

    /// <summary>Whether nothing has failed for long enough to send a digest or a resolved message about a problem.
    /// </summary>
    /// <remarks>A failure may have happened since a silo's last report, and not be known here yet. The time in which
    /// the store was skipped does not count, because nothing could fail; while it is skipped, a message can say
    /// so.</remarks>
    public bool IsQuiet(TimeSpan now, AlertState record)
    {
        var hasJustBeenSkipped = record.ConcernsStore && !AnySkips(now) && now - _skippedAt < _pause;
        return record.Calm(now) >= _pause && !hasJustBeenSkipped;
    }

    /// <summary>Returns what is known about whether a problem is over.</summary>
    /// <remarks>A silo that has just opened the breaker may not have reported yet that it skips the store, so a problem
    /// of the store is not over before the problem of the breaker is.</remarks>
    /// <param name="now">The current time.</param>
    /// <param name="record">The problem.</param>
    /// <param name="breaker">The problem of the cluster's breaker; null if it has none.</param>
    public AlertOutlook Outlook(TimeSpan now, AlertState record, AlertState? breaker)
    {
        if (record.ConcernsStore && AnySkips(now))
        {
            return AlertOutlook.Skipped;
        }

        var isStoreDown = record.ConcernsStore
            && breaker is { FailingFrom: not null }
            && !breaker.HasRecovered(silo => IsLive(now, silo));
        return !isStoreDown && record.HasRecovered(silo => IsLive(now, silo))
            ? AlertOutlook.Works
            : AlertOutlook.Unknown;
    }

    /// <summary>Returns the present situation, for a message.</summary>
    public AlertSituation Describe(TimeSpan now, AlertOutlook outlook, TimeSpan? sinceFailure)
    {
        var uses = Live(now).ToList();
        var cluster = uses.Where(use => !use.IsLocal).ToList();
        var shown = cluster.FirstOrDefault(use => use.Skips) ?? cluster.FirstOrDefault();
        return new AlertSituation(
            outlook, shown?.State, uses.Count(use => use is { IsLocal: true, Skips: true }), sinceFailure);
    }

    private bool AnySkips(TimeSpan now) => Live(now).Any(use => use.Skips);

    private bool IsLive(TimeSpan now, string silo) =>
        _silos.TryGetValue(silo, out var entry) && now - entry.At <= _pause;

    /// <summary>Returns how the live silos use the store, the latest report first.</summary>
    private IEnumerable<StoreUse> Live(TimeSpan now) => _silos.Values
        .Where(entry => now - entry.At <= _pause)
        .OrderByDescending(entry => entry.Order)
        .Select(entry => entry.Use)
        .OfType<StoreUse>();

    private readonly record struct Entry(long Sequence, TimeSpan At, long Order, StoreUse? Use);
}
