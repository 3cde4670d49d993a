namespace CacheOrleans.Storage;

/// <summary>Identifies the generation of the breaker in which a call to the store began: a call that began before a
/// transition does not affect the breaker after it.</summary>
/// <param name="Generation">The breaker's generation when the call began.</param>
public readonly record struct BreakerPass(long Generation);
