namespace CacheOrleans.Breaker;

/// <summary>The result of a silo's report to the coordinator.</summary>
/// <param name="Answer">The answer to the silo that reported.</param>
/// <param name="Transition">The change of state that the report caused for all silos; null if it caused none.</param>
public readonly record struct BreakerDecision(BreakerAnswer Answer, BreakerTransition? Transition);
