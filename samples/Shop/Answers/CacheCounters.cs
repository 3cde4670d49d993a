namespace CacheOrleans.Shop.Answers;

/// <summary>The client's counters of one cache since the shop started.</summary>
/// <param name="Cache">The cache's name.</param>
/// <param name="Hits">Reads that a copy in this process answered.</param>
/// <param name="Misses">Reads that no copy in this process answered.</param>
/// <param name="Fallbacks">Runs of fallbacks, which read the database.</param>
/// <param name="Local">Values that were loaded without a lease, because the cluster did not respond.</param>
internal sealed record CacheCounters(string Cache, long Hits, long Misses, long Fallbacks, long Local);
