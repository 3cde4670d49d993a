namespace CacheOrleans;

/// <summary>A value to set, and how.</summary>
/// <param name="Value">The value, not to be changed afterwards.</param>
/// <param name="TimeToLive">How long it lives; null for the cache's own time to live.</param>
/// <param name="WriteThrough">Whether to wait until Redis has it; otherwise it is written behind.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CacheWrite")]
public sealed record CacheWrite(
    [property: Id(0)] byte[] Value,
    [property: Id(1)] TimeSpan? TimeToLive = null,
    [property: Id(2)] bool WriteThrough = false);
