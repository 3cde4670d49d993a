namespace CacheOrleans.Alerts;

/// <summary>The kind of subject of an alert.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertClass")]
public enum AlertClass
{
    /// <summary>A cache; at most <see cref="AlertOptions.MaxKeys"/> caches are in their cooldown at a time.</summary>
    Cache,

    /// <summary>The circuit breaker; its cooldown does not count toward that limit.</summary>
    Breaker,

    /// <summary>A manual change of the circuit breaker's state; each is announced, and none begins a
    /// cooldown.</summary>
    ManualChange,
}
