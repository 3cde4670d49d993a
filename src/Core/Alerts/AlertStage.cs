namespace CacheOrleans.Alerts;

/// <summary>The stage of a cache or breaker that can fail.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertStage")]
public enum AlertStage
{
    /// <summary>A read from the backing store.</summary>
    Read,

    /// <summary>A cache's fallback.</summary>
    Fallback,

    /// <summary>A write to the backing store.</summary>
    Store,

    /// <summary>The circuit breaker, which fails by opening.</summary>
    Breaker,
}
