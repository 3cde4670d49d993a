using CacheOrleans.Definitions;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Loading;

namespace CacheOrleans.Grains.Entries;

/// <summary>A cache with the services that this silo needs to serve it.</summary>
/// <param name="Definition">The cache's definition.</param>
/// <param name="Loader">The cache's fallback, or null if it has none.</param>
/// <param name="Meter">The cache's counters.</param>
/// <param name="Stages">Reports how the stages of the cache's lookups end.</param>
/// <param name="Lives">Decides how long the cache's entries live.</param>
internal sealed record SiloCache(
    CacheDefinition Definition, ICacheLoader? Loader, CacheMeter Meter, StageReports Stages, TimeToLivePolicy Lives)
{
    /// <summary>The precision of the time of the last use. A write for each use would make the processors contend for
    /// the cache line.</summary>
    private static readonly long Precision = TimeSpan.FromMinutes(1).Ticks;

    private long _usedAt;

    /// <summary>Whether the last run of the fallback failed.</summary>
    public Latch Failing { get; } = new();

    /// <summary>Whether the last value of the fallback was over the limit.</summary>
    public Latch TooLarge { get; } = new();

    /// <summary>Records that a caller uses the cache.</summary>
    public void OnUse(DateTimeOffset now)
    {
        if (now.UtcTicks - Volatile.Read(ref _usedAt) > Precision)
        {
            Volatile.Write(ref _usedAt, now.UtcTicks);
        }
    }

    /// <summary>Returns how long the cache has not been used, within a minute.</summary>
    public TimeSpan UnusedFor(DateTimeOffset now) => new(now.UtcTicks - Volatile.Read(ref _usedAt));
}
