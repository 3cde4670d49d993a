namespace CacheOrleans.Breaker;

/// <summary>How a probe ended.</summary>
/// <param name="Permit">The permit it was made with.</param>
/// <param name="IsSuccess">Whether the store answered a read and took a write.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.ProbeResult")]
public sealed record ProbeResult([property: Id(0)] long Permit, [property: Id(1)] bool IsSuccess);
