namespace CacheOrleans.Breaker;

/// <summary>What one silo does with calls at this moment.</summary>
/// <param name="Generation">Counts the changes of <paramref name="State"/> in this silo; a call's result counts only
/// in the generation in which it began.</param>
/// <param name="State">The state: the cluster's, or that of the silo's own breaker.</param>
/// <param name="IsLocal">Whether the silo's own breaker says so, and not the cluster's.</param>
public sealed record BreakerView(long Generation, BreakerState State, bool IsLocal)
{
    /// <summary>Whether calls may use the store.</summary>
    public bool Admits { get; } = State is BreakerState.Closed or BreakerState.Disabled;
}
