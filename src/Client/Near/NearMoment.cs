namespace CacheOrleans.Client.Near;

/// <summary>What a process knows of a key's changes when it asks for its value.</summary>
/// <param name="Writes">How many changes of its own have ended.</param>
/// <param name="Floor">The stamp below which nothing counts. What a fallback loads from then on is as new as
/// that.</param>
internal readonly record struct NearMoment(long Writes, long Floor);
