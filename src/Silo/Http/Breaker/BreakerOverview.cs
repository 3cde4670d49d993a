using CacheOrleans.Breaker;

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

/// <summary>A silo's last report to the breaker's coordinator, as <c>GET /api/breaker</c> shows it.</summary>
internal sealed record BreakerSiloView(
    string Silo, string State, string Version, double AgeSeconds, int Failures, bool IsFailing)
{
    public static BreakerSiloView Of(BreakerSilo silo) => new(
        silo.Silo,
        Shown.Name(silo.State),
        silo.Version.ToString(),
        Shown.Seconds(silo.Age),
        silo.Failures,
        silo.IsFailing);
}

/// <summary>A change of the breaker's state as <c>GET /api/breaker</c> shows it.</summary>
internal sealed record BreakerTransitionView(
    DateTime At,
    string From,
    string To,
    string Cause,
    int Failures,
    int Caches,
    int Silos,
    double? BreakDurationSeconds,
    int Attempt,
    string? By)
{
    public static BreakerTransitionView Of(TimedTransition timed)
    {
        var transition = timed.Transition;
        return new(
            Shown.Time(timed.At),
            Shown.Name(transition.From),
            Shown.Name(transition.To),
            Shown.Name(transition.Cause),
            transition.Failures,
            transition.Caches,
            transition.Silos,
            transition.BreakDuration is { } length ? Shown.Seconds(length) : null,
            transition.Attempt,
            transition.By);
    }
}
