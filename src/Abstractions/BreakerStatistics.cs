using CacheOrleans.Breaker;

namespace CacheOrleans;

/// <summary>The state, the settings and the recent history of a circuit breaker.</summary>
/// <param name="Snapshot">The state and the settings.</param>
/// <param name="RecentFailures">The number of failures of all silos within the sampling duration.</param>
/// <param name="FailingCaches">The caches that had these failures, sorted.</param>
/// <param name="FailingSilos">The silos whose latest read or write failed.</param>
/// <param name="SinceLastFailure">How long ago the last failure was, in this term or an earlier one; null if there was
/// none since the coordinator started.</param>
/// <param name="Openings">How often it has opened from closed since the coordinator started.</param>
/// <param name="Transitions">The latest 100 transitions, latest first, with the time of each by the coordinator's
/// clock.</param>
/// <param name="Silos">The latest report of each silo.</param>
/// <param name="Coordinator">The silo that hosts the coordinator.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerStatistics")]
public sealed record BreakerStatistics(
    [property: Id(0)] BreakerSnapshot Snapshot,
    [property: Id(1)] int RecentFailures,
    [property: Id(2)] IReadOnlyList<string> FailingCaches,
    [property: Id(3)] IReadOnlyList<string> FailingSilos,
    [property: Id(4)] TimeSpan? SinceLastFailure,
    [property: Id(5)] long Openings,
    [property: Id(6)] IReadOnlyList<TimedTransition> Transitions,
    [property: Id(7)] IReadOnlyList<BreakerSilo> Silos,
    [property: Id(8)] string Coordinator);

/// <summary>A transition and its time.</summary>
/// <param name="At">The time, by the coordinator's clock.</param>
/// <param name="Transition">What changed.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.TimedTransition")]
public sealed record TimedTransition(
    [property: Id(0)] DateTimeOffset At, [property: Id(1)] BreakerTransition Transition);
