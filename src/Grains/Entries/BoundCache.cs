using CacheOrleans.Definitions;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Loading;

namespace CacheOrleans.Grains.Entries;

/// <summary>A cache with what this silo needs to serve it.</summary>
/// <param name="Definition">The cache.</param>
/// <param name="Loader">Its fallback, or null when it has none.</param>
/// <param name="Meter">Its counters.</param>
/// <param name="Stages">Takes how its lookups' stages end.</param>
/// <param name="Lives">How long its entries live.</param>
internal sealed record BoundCache(
    CacheDefinition Definition, ICacheLoader? Loader, CacheMeter Meter, StageReports Stages, CacheLives Lives)
{
    /// <summary>Whether its fallback failed last.</summary>
    public Latch Failing { get; } = new();

    /// <summary>Whether its fallback's last value was over the limit.</summary>
    public Latch TooLarge { get; } = new();
}
