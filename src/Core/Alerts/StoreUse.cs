using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>Whether one silo uses the store.</summary>
/// <param name="State">The breaker state that the silo applies to calls.</param>
/// <param name="IsLocal">Whether the state is that of the silo's local breaker instead of the cluster's.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.StoreUse")]
public sealed record StoreUse([property: Id(0)] BreakerState State, [property: Id(1)] bool IsLocal)
{
    /// <summary>Whether the silo skips the store.</summary>
    public bool Skips => State is not (BreakerState.Closed or BreakerState.Disabled);
}
