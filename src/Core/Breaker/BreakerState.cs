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
