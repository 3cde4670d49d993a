namespace CacheOrleans.Breaker;

/// <summary>A permit for one probe, and its origin.</summary>
/// <param name="Permit">The permit.</param>
/// <param name="IsLocal">Whether the silo's local breaker granted it instead of the cluster's.</param>
public sealed record SiloPermit(BreakerPermit Permit, bool IsLocal);
