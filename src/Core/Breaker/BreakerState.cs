namespace CacheOrleans.Breaker;

/// <summary>How a circuit breaker treats calls to the store.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.BreakerState")]
public enum BreakerState
{
    /// <summary>The store is used, and its failures are counted.</summary>
    Closed,

    /// <summary>The store is skipped until the break ends.</summary>
    Open,

    /// <summary>The break has ended: the store is still skipped, except for a few probes that try it.</summary>
    HalfOpen,

    /// <summary>The store is skipped until an operator changes the state.</summary>
    Isolated,

    /// <summary>The store is always used, and its failures are not counted.</summary>
    Disabled,
}

/// <summary>The breaker state that one silo applies to calls at this moment.</summary>
/// <param name="Generation">The number of changes of <paramref name="State"/> in this silo; a call's result counts only
/// in the generation in which the call began.</param>
/// <param name="State">The state of the cluster's breaker or of the silo's local breaker.</param>
/// <param name="IsLocal">Whether the state is that of the silo's local breaker instead of the cluster's.</param>
public sealed record BreakerView(long Generation, BreakerState State, bool IsLocal)
{
    /// <summary>Whether calls may use the store.</summary>
    public bool Admits { get; } = State is BreakerState.Closed or BreakerState.Disabled;
}
