namespace CacheOrleans.Breaker;

/// <summary>What came of a report, in the silo that sent it.</summary>
/// <param name="Permit">Leave for one probe, to be made now; null: none.</param>
/// <param name="Transition">What changed in the silo's own breaker; null: nothing.</param>
public readonly record struct SiloDecision(SiloPermit? Permit, BreakerTransition? Transition);
