namespace CacheOrleans.Breaker;

/// <summary>The answer to a report.</summary>
/// <param name="Snapshot">What holds now.</param>
/// <param name="Permit">Leave to probe the store; null: none.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerAnswer")]
public sealed record BreakerAnswer(
    [property: Id(0)] BreakerSnapshot Snapshot, [property: Id(1)] BreakerPermit? Permit);
