namespace CacheOrleans.Breaker;

/// <summary>What a circuit breaker does with calls.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.BreakerState")]
public enum BreakerState
{
    /// <summary>The store is used, and its failures are counted.</summary>
    Closed,

    /// <summary>The store is skipped until the break ends.</summary>
    Open,

    /// <summary>The break has ended: the store is skipped still, but for a few probes that try it.</summary>
    HalfOpen,

    /// <summary>The store is skipped until somebody says otherwise.</summary>
    Isolated,

    /// <summary>The store is used whatever happens, and nothing is counted.</summary>
    Disabled,
}
