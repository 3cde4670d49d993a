namespace CacheOrleans.Alerts;

/// <summary>What an alert is about; one that is held alerts again only after its cooldown.</summary>
/// <param name="Class">What kind of thing.</param>
/// <param name="Name">The cache's name, or the breaker's.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertKey")]
public readonly record struct AlertKey([property: Id(0)] AlertClass Class, [property: Id(1)] string Name)
{
    /// <summary>The cluster's breaker.</summary>
    public static AlertKey Breaker => new(AlertClass.Breaker, "redis");

    /// <summary>The breakers that silos open for themselves alone; all of them are one key.</summary>
    public static AlertKey SiloBreaker => new(AlertClass.Breaker, "redis, one silo only");

    /// <summary>What somebody does manually to the cluster's breaker.</summary>
    public static AlertKey BreakerChange => new(AlertClass.ManualChange, Breaker.Name);

    /// <summary>A cache.</summary>
    public static AlertKey Cache(string name) => new(AlertClass.Cache, name);
}
