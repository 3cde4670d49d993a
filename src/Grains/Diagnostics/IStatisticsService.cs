using Orleans.Services;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>Returns a silo's counters and declared caches to other silos.</summary>
[Alias("CacheOrleans.IStatisticsService")]
internal interface IStatisticsService : IGrainService
{
    /// <summary>How long a silo may take to answer; one that takes longer is left out.</summary>
    static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);

    [Alias("ReadAsync")]
    [ResponseTimeout("00:00:01")]
    Task<Dictionary<string, CacheCounters>> ReadAsync();

    /// <summary>Returns the caches that clients have declared in the silo.</summary>
    /// <param name="name">The name of the cache to return; null for all.</param>
    [Alias("ReadDeclaredAsync")]
    [ResponseTimeout("00:00:01")]
    Task<CacheDeclaration[]> ReadDeclaredAsync(string? name);
}
