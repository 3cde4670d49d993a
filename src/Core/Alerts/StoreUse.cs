using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>Whether one silo uses the store.</summary>
/// <param name="State">What the silo does with calls.</param>
/// <param name="IsLocal">Whether the silo's own breaker says so, and not the cluster's.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.StoreUse")]
public sealed record StoreUse([property: Id(0)] BreakerState State, [property: Id(1)] bool IsLocal)
{
    /// <summary>Whether the silo skips the store.</summary>
    public bool Skips => State is not (BreakerState.Closed or BreakerState.Disabled);
}
