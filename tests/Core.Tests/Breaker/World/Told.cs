using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>A plain account of what a coordinator was told, by which the rule for opening is checked.</summary>
internal sealed class Told
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (BreakerReport Report, TimeSpan At, bool Counts)> _latest = [];
    private readonly Dictionary<string, TimeSpan> _joined = [];
    private TimeSpan? _succeededAt;

    /// <summary>Takes a report; an older one than the latest of its silo, or the same, says nothing.</summary>
    /// <returns>Whether it says something.</returns>
    public bool Hear(TimeSpan now, BreakerReport report, long term, CoordinatorVersion said)
    {
        var isNew = !_latest.TryGetValue(report.Silo, out var last);
        if (!isNew && last.Report.Sequence >= report.Sequence)
        {
            return false;
        }

        if (report.Known.Version.Epoch > 0 && (isNew || report.Known.Version > said))
        {
            _succeededAt ??= now;
        }

        _joined.TryAdd(report.Silo, now);
        _latest[report.Silo] = (report, now, report.Known.Term >= term);
        return true;
    }

    public void BeginTerm(long term)
    {
        foreach (var (silo, told) in _latest)
        {
            _latest[silo] = told with { Counts = told.Report.Known.Term == term };
        }
    }

    /// <summary>Says why it must not open now; null: it may.</summary>
    public string? Objection(TimeSpan now, TimeSpan age, BreakerOptions settings)
    {
        var failures = new List<(string Silo, string Name)>();
        var failing = new HashSet<string>();
        var callers = 0;
        foreach (var (silo, (report, at, counts)) in _latest)
        {
            var own = !counts ? [] : report.Failures.Where(one => one.Age + (now - at) < settings.SamplingDuration).ToArray();
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
        var seconded = failing.Select(silo => _latest[silo].Report.FailuresInARow).OrderDescending().Skip(1).Sum();
        var names = failures.Select(one => one.Name).Distinct().Count();
        return failures.Count < settings.FailureThreshold ? $"{failures.Count} failures"
            : names < settings.MinimumCaches ? $"{names} names"
            : failing.Count < quorum ? $"{failing.Count} failing silos of {quorum}"
            : quorum > 1 && seconded < 2 ? "nobody seconds"
            : null;
    }
}
