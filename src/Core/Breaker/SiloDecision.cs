namespace CacheOrleans.Breaker;

/// <summary>The result of a report for the silo that sent it.</summary>
/// <param name="Permit">A permit for one probe, which the silo makes now; null if there is no permit.</param>
/// <param name="Transition">The change of the silo's local breaker; null if it did not change.</param>
public readonly record struct SiloDecision(SiloPermit? Permit, BreakerTransition? Transition);
