namespace CacheOrleans.Breaker;

/// <summary>Leave for one probe, and who gave it.</summary>
/// <param name="Permit">The permit.</param>
/// <param name="IsLocal">Whether the silo's own breaker gave it.</param>
public sealed record SiloPermit(BreakerPermit Permit, bool IsLocal);
