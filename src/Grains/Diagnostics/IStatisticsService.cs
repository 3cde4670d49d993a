using Orleans.Services;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>One silo's counters, for the other silos to ask for.</summary>
[Alias("CacheOrleans.IStatisticsService")]
internal interface IStatisticsService : IGrainService
{
    [Alias("ReadAsync")]
    [ResponseTimeout("00:00:01")]
    Task<Dictionary<string, CacheCounters>> ReadAsync();

    /// <summary>Returns the caches that clients have declared in the silo.</summary>
    /// <param name="name">The name of the one that is asked for; null: all.</param>
    [Alias("ReadDeclaredAsync")]
    [ResponseTimeout("00:00:01")]
    Task<CacheDeclaration[]> ReadDeclaredAsync(string? name);
}
