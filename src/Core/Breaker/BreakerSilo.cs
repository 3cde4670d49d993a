using CacheOrleans.Coordination;

namespace CacheOrleans.Breaker;

/// <summary>What one silo has last reported to the coordinator.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="State">What it does with calls; its own breaker's state when that has opened.</param>
/// <param name="Version">The last snapshot it had.</param>
/// <param name="Age">How long ago it reported.</param>
/// <param name="Failures">Its failures inside the window.</param>
/// <param name="IsFailing">Whether its latest read or write failed.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerSilo")]
public sealed record BreakerSilo(
    [property: Id(0)] string Silo,
    [property: Id(1)] BreakerState State,
    [property: Id(2)] CoordinatorVersion Version,
    [property: Id(3)] TimeSpan Age,
    [property: Id(4)] int Failures,
    [property: Id(5)] bool IsFailing);
