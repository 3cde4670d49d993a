namespace CacheOrleans.Silo.Http.Breaker;

/// <summary>The breaker as <c>GET /api/breaker</c> shows it.</summary>
/// <remarks>The points in time are computed here from ages and this silo's clock, so they are off by the time that the
/// response took.</remarks>
internal sealed record BreakerOverview(
    string State,
    string Version,
    string Coordinator,
    int RecentFailures,
    IReadOnlyList<string> FailingCaches,
    IReadOnlyList<string> FailingSilos,
    DateTime? OpenedAt,
    double? RetryAfterSeconds,
    DateTime? LastFailureAt,
    int Attempt,
    long Openings,
    long SettingsVersion,
    IReadOnlyDictionary<string, double> Settings,
    IReadOnlyList<BreakerTransitionView> Transitions,
    IReadOnlyList<BreakerSiloView> Silos)
{
    public static BreakerOverview Of(BreakerStatistics statistics, DateTimeOffset now)
    {
        var snapshot = statistics.Snapshot;
        return new(
            Shown.Name(snapshot.State),
            snapshot.Version.ToString(),
            statistics.Coordinator,
            statistics.RecentFailures,
            statistics.FailingCaches,
            statistics.FailingSilos,
            Before(snapshot.OpenFor),
            snapshot.TimeLeft is { } left ? Shown.Seconds(left) : null,
            Before(statistics.SinceLastFailure),
            snapshot.Attempt,
            statistics.Openings,
            snapshot.SettingsVersion,
            BreakerFields.View(snapshot.Settings),
            [.. statistics.Transitions.Select(BreakerTransitionView.Of)],
            [.. statistics.Silos.Select(BreakerSiloView.Of)]);

        DateTime? Before(TimeSpan? age) => age is { } past ? Shown.Time(now - past) : null;
    }
}
