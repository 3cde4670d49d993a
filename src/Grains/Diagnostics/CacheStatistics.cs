using CacheOrleans.Definitions;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>One cache and its counters.</summary>
/// <param name="Definition">The cache's definition.</param>
/// <param name="IsRegistered">Whether the silos have registered the cache; otherwise clients have declared it.</param>
/// <param name="Silo">The counters of this silo.</param>
/// <param name="Cluster">The sum of the counters of every silo that responded.</param>
public sealed record CacheStatistics(
    CacheDefinition Definition, bool IsRegistered, CacheCounters Silo, CacheCounters Cluster);
