namespace CacheOrleans;

/// <summary>What became of a value that was loaded under a lease.</summary>
/// <param name="IsKept">Whether the owner keeps it. It does not when the lease had ended, when the entry was set or
/// removed meanwhile, or when the value is over the limit.</param>
/// <param name="Stamp">The order of the value among the operations on the key; zero when the lease was unknown.</param>
/// <param name="TimeLeft">How long it counts; zero when it is not kept.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.LeaseOutcome")]
public sealed record LeaseOutcome(
    [property: Id(0)] bool IsKept, [property: Id(1)] long Stamp, [property: Id(2)] TimeSpan TimeLeft);
