namespace CacheOrleans;

/// <summary>A value to set, with its options.</summary>
/// <param name="Value">The value, which must not be changed afterwards.</param>
/// <param name="TimeToLive">How long the value lives; null: the cache's own time to live. With
/// <paramref name="SlidingExpiration"/>, the longest time it may live.</param>
/// <param name="WriteThrough">Whether to wait until the value is stored in Redis; otherwise the write-behind queue
/// writes it later.</param>
/// <param name="Tags">Its tags; null: none.</param>
/// <param name="SlidingExpiration">How long the value lives after each read; null: reads do not prolong its life.
/// </param>
/// <param name="Life">The lifetimes in the caller's definition.</param>
/// <param name="Definition">The fingerprint of the caller's definition; zero: the caller has none and uses that of the
/// silos.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CacheWrite")]
public sealed record CacheWrite(
    [property: Id(0)] byte[] Value,
    [property: Id(1)] TimeSpan? TimeToLive = null,
    [property: Id(2)] bool WriteThrough = false,
    [property: Id(3)] string[]? Tags = null,
    [property: Id(4)] TimeSpan? SlidingExpiration = null,
    [property: Id(5)] CacheLife? Life = null,
    [property: Id(6)] long Definition = 0);
