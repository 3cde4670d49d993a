using CacheOrleans.Breaker;

namespace CacheOrleans;

/// <summary>A transition and its time.</summary>
/// <param name="At">The time, by the coordinator's clock.</param>
/// <param name="Transition">What changed.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.TimedTransition")]
public sealed record TimedTransition(
    [property: Id(0)] DateTimeOffset At, [property: Id(1)] BreakerTransition Transition);
