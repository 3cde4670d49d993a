namespace CacheOrleans;

/// <summary>The outcome of delivering a value that was loaded under a lease.</summary>
/// <param name="IsKept">Whether the owner keeps the value. It does not if the lease had ended, if the entry was set or
/// removed meanwhile, or if the value is too large.</param>
/// <param name="Stamp">The value's stamp, which orders it among the operations on the key; zero when the lease was
/// unknown.</param>
/// <param name="TimeLeft">How long the value is valid; zero when it is not kept.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.LeaseOutcome")]
public sealed record LeaseOutcome(
    [property: Id(0)] bool IsKept, [property: Id(1)] long Stamp, [property: Id(2)] TimeSpan TimeLeft);
