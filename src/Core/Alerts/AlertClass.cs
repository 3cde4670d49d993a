namespace CacheOrleans.Alerts;

/// <summary>What kind of thing an alert is about.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertClass")]
public enum AlertClass
{
    /// <summary>A cache; no more than <see cref="AlertOptions.MaxKeys"/> of them are held at a time.</summary>
    Cache,

    /// <summary>The circuit breaker; it is held without taking a cache's place.</summary>
    Breaker,

    /// <summary>A change of the circuit breaker's state that somebody made manually; each is announced, and none begins
    /// a cooldown.</summary>
    ManualChange,
}
