using Orleans.Services;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>One silo's counters, for the other silos to ask for.</summary>
[Alias("CacheOrleans.IStatisticsService")]
internal interface IStatisticsService : IGrainService
{
    [Alias("ReadAsync")]
    [ResponseTimeout("00:00:01")]
    Task<Dictionary<string, CacheCounters>> ReadAsync();
}
