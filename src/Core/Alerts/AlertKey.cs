namespace CacheOrleans.Alerts;

/// <summary>The subject of an alert; after a message about it, it alerts again only after its cooldown.</summary>
/// <param name="Class">The kind of the subject.</param>
/// <param name="Name">The cache's name, or the breaker's.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertKey")]
public readonly record struct AlertKey([property: Id(0)] AlertClass Class, [property: Id(1)] string Name)
{
    /// <summary>The key of the cluster's breaker.</summary>
    public static AlertKey Breaker => new(AlertClass.Breaker, "redis");

    /// <summary>The key of the local breakers that silos open only for themselves; all of them share one key.</summary>
    public static AlertKey SiloBreaker => new(AlertClass.Breaker, "redis, one silo only");

    /// <summary>The key of manual changes of the cluster's breaker.</summary>
    public static AlertKey BreakerChange => new(AlertClass.ManualChange, Breaker.Name);

    /// <summary>Returns the key of a cache.</summary>
    public static AlertKey Cache(string name) => new(AlertClass.Cache, name);
}

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
