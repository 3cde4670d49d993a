namespace CacheOrleans.Shop.Answers;

/// <summary>What the client has counted of one cache since the shop started.</summary>
/// <param name="Cache">The cache's name.</param>
/// <param name="Hits">Reads that a copy in this process answered.</param>
/// <param name="Misses">Reads that none did.</param>
/// <param name="Fallbacks">Runs of fallbacks, which ask the database.</param>
/// <param name="Local">Values that were loaded without a lease, for the cluster did not answer.</param>
internal sealed record CacheCounters(string Cache, long Hits, long Misses, long Fallbacks, long Local);
