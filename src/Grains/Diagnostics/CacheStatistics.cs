using CacheOrleans.Definitions;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>One cache and its counters.</summary>
/// <param name="Definition">The cache.</param>
/// <param name="IsRegistered">Whether the silos have registered it; otherwise clients have declared it.</param>
/// <param name="Silo">What happened on this silo.</param>
/// <param name="Cluster">What happened on every silo that answered.</param>
public sealed record CacheStatistics(
    CacheDefinition Definition, bool IsRegistered, CacheCounters Silo, CacheCounters Cluster);
