namespace CacheOrleans.Breaker;

/// <summary>The result of a probe.</summary>
/// <param name="Permit">The number of the permit that allowed the probe.</param>
/// <param name="IsSuccess">Whether the store answered a read and accepted a write.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.ProbeResult")]
public sealed record ProbeResult([property: Id(0)] long Permit, [property: Id(1)] bool IsSuccess);
