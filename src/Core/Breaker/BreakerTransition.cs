using CacheOrleans.Coordination;

namespace CacheOrleans.Breaker;

/// <summary>A change of a breaker's state.</summary>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Cause">Why.</param>
/// <param name="Version">The version it made.</param>
/// <param name="BreakDuration">How long the store is skipped now; null when that has no end, or it is not skipped.</param>
/// <param name="Attempt">How often it has opened again without having closed.</param>
/// <param name="Failures">The failures inside the window, of all silos.</param>
/// <param name="Names">The caches they were of.</param>
/// <param name="Silos">The silos whose latest call failed.</param>
/// <param name="By">Who made a manual change; null: not known, or nobody did.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerTransition")]
public sealed record BreakerTransition(
    [property: Id(0)] BreakerState From,
    [property: Id(1)] BreakerState To,
    [property: Id(2)] TransitionCause Cause,
    [property: Id(3)] CoordinatorVersion Version,
    [property: Id(4)] TimeSpan? BreakDuration,
    [property: Id(5)] int Attempt,
    [property: Id(6)] int Failures,
    [property: Id(7)] int Names,
    [property: Id(8)] int Silos,
    [property: Id(9)] string? By = null);
