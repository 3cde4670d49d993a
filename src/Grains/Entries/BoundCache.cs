using CacheOrleans.Definitions;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Loading;

namespace CacheOrleans.Grains.Entries;

/// <summary>A registered cache with what this silo needs to serve it.</summary>
/// <param name="Definition">The cache.</param>
/// <param name="Loader">Its fallback, or null when it has none.</param>
/// <param name="Meter">Its counters.</param>
/// <param name="Stages">Takes how its lookups' stages end.</param>
/// <param name="Failing">Whether its fallback failed last.</param>
/// <param name="TooLarge">Whether its fallback's last value was over the limit.</param>
internal sealed record BoundCache(
    CacheDefinition Definition,
    ICacheLoader? Loader,
    CacheMeter Meter,
    StageReports Stages,
    Latch Failing,
    Latch TooLarge);
