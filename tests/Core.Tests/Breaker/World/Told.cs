using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>Records plainly what silos have reported to a coordinator, to check the rule for opening.</summary>
internal sealed class Told
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (BreakerReport Report, TimeSpan At, bool Counts)> _latest = [];
    private readonly Dictionary<string, TimeSpan> _joined = [];
    private TimeSpan? _succeededAt;

    /// <summary>Records a report, unless it repeats the latest of its silo or is older.</summary>
    /// <returns>Whether the report was recorded.</returns>
    public bool Hear(TimeSpan now, BreakerReport report, long term, CoordinatorVersion version)
    {
        var isNew = !_latest.TryGetValue(report.Silo, out var last);
        if (!isNew && last.Report.Sequence >= report.Sequence)
        {
            return false;
        }

        if (report.Known.Version.Epoch > 0 && (isNew || report.Known.Version > version))
        {
            _succeededAt ??= now;
        }

        _joined.TryAdd(report.Silo, now);
        _latest[report.Silo] = (report, now, report.Known.Term >= term);
        return true;
    }

    public void BeginTerm(long term)
    {
        foreach (var (silo, entry) in _latest)
        {
            _latest[silo] = entry with { Counts = entry.Report.Known.Term == term };
        }
    }

    /// <summary>Returns why the breaker must not open now, or null if it may.</summary>
    public string? Objection(TimeSpan now, TimeSpan age, BreakerOptions settings)
    {
        var failures = new List<(string Silo, string Name)>();
        var failing = new HashSet<string>();
        var callers = 0;
        foreach (var (silo, (report, at, counts)) in _latest)
        {
            var own = !counts
                ? []
                : report.Failures.Where(one => one.Age + (now - at) < settings.SamplingDuration).ToArray();
            failures.AddRange(own.Select(one => (silo, one.Name)));
            var calls = now - at <= Recent
                && (report.State != BreakerState.Closed
                    || (report.SinceLastCall is { } last && last + (now - at) <= Recent));
            callers += calls || now - _joined[silo] < Recent ? 1 : 0;
            if (own.Length > 0 && calls && report.FailuresInARow > 0)
            {
                failing.Add(silo);
            }
        }

        var quorum = _succeededAt is not null && age < Recent
            ? settings.Quorum
            : Math.Min(settings.Quorum, Math.Max(1, callers));
        var onOthers = failing.Select(silo => _latest[silo].Report.FailuresInARow).OrderDescending().Skip(1).Sum();
        var names = failures.Select(one => one.Name).Distinct().Count();
        return failures.Count < settings.FailureThreshold ? $"{failures.Count} failures"
            : names < settings.MinimumCaches ? $"{names} names"
            : failing.Count < quorum ? $"{failing.Count} failing silos of {quorum}"
            : quorum > 1 && onOthers < 2 ? "fewer than two failures in a row on other silos"
            : null;
    }
}
