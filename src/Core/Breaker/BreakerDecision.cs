namespace CacheOrleans.Breaker;

/// <summary>What came of a report.</summary>
/// <param name="Answer">What the silo is told.</param>
/// <param name="Transition">What changed for all; null: nothing.</param>
public readonly record struct BreakerDecision(BreakerAnswer Answer, BreakerTransition? Transition);
