namespace CacheOrleans.Storage;

/// <summary>When a call to the store began, by the breaker's own count: what began before a transition changes nothing
/// after it.</summary>
/// <param name="Generation">The count.</param>
public readonly record struct BreakerPass(long Generation);
