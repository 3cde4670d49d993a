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
internal sealed record SiloCache(
    CacheDefinition Definition, ICacheLoader? Loader, CacheMeter Meter, StageReports Stages, TimeToLivePolicy Lives)
{
    /// <summary>How exactly it is known when the cache was used: a write for each use would have the processors take
    /// the place from each other.</summary>
    private static readonly long Exactness = TimeSpan.FromMinutes(1).Ticks;

    private long _usedAt;

    /// <summary>Whether its fallback failed last.</summary>
    public Latch Failing { get; } = new();

    /// <summary>Whether its fallback's last value was over the limit.</summary>
    public Latch TooLarge { get; } = new();

    /// <summary>A caller uses the cache.</summary>
    public void OnUse(DateTimeOffset now)
    {
        if (now.UtcTicks - Volatile.Read(ref _usedAt) > Exactness)
        {
            Volatile.Write(ref _usedAt, now.UtcTicks);
        }
    }

    /// <summary>How long nobody has used it, about.</summary>
    public TimeSpan UnusedFor(DateTimeOffset now) => new(now.UtcTicks - Volatile.Read(ref _usedAt));
}
