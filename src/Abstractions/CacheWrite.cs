namespace CacheOrleans;

/// <summary>A value to set, and how.</summary>
/// <param name="Value">The value, not to be changed afterwards.</param>
/// <param name="TimeToLive">How long it lives; null for the cache's own time to live. With
/// <paramref name="SlidingExpiration"/>, how long it lives at the most.</param>
/// <param name="WriteThrough">Whether to wait until Redis has it; otherwise it is written behind.</param>
/// <param name="Tags">Its tags; null: none.</param>
/// <param name="SlidingExpiration">How long it lives after each read; null: reads do not prolong its life.</param>
/// <param name="Life">What the caller's definition says.</param>
/// <param name="Definition">The fingerprint of the caller's definition; zero: it has none, and takes that of the silos.
/// </param>
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
