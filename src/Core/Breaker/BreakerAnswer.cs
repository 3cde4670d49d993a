namespace CacheOrleans.Breaker;

/// <summary>The coordinator's answer to a silo's report.</summary>
/// <param name="Snapshot">The breaker's state and settings now.</param>
/// <param name="Permit">A permit for one probe of the store; null if the silo may not probe now.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerAnswer")]
public sealed record BreakerAnswer(
    [property: Id(0)] BreakerSnapshot Snapshot, [property: Id(1)] BreakerPermit? Permit);
