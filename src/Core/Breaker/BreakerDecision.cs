namespace CacheOrleans.Breaker;

/// <summary>The result of a silo's report to the coordinator.</summary>
/// <param name="Answer">The answer to the silo that reported.</param>
/// <param name="Transition">The change of state that the report caused for all silos; null if it caused none.</param>
public readonly record struct BreakerDecision(BreakerAnswer Answer, BreakerTransition? Transition);

/// <summary>The result of a report for the silo that sent it.</summary>
/// <param name="Permit">A permit for one probe, which the silo makes now; null if there is no permit.</param>
/// <param name="Transition">The change of the silo's local breaker; null if it did not change.</param>
public readonly record struct SiloDecision(SiloPermit? Permit, BreakerTransition? Transition);

/// <summary>A permit for one probe, and its origin.</summary>
/// <param name="Permit">The permit.</param>
/// <param name="IsLocal">Whether the silo's local breaker granted it instead of the cluster's.</param>
public sealed record SiloPermit(BreakerPermit Permit, bool IsLocal);
