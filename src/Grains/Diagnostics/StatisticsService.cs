using CacheOrleans.Grains.Entries;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>Returns this silo's counters and declared caches.</summary>
internal sealed class StatisticsService(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggerFactory, CacheMetrics metrics, CacheCatalog caches)
    : GrainService(id, silo, loggerFactory), IStatisticsService
{
    public Task<Dictionary<string, CacheCounters>> ReadAsync() => Task.FromResult(metrics.Read());

    public Task<CacheDeclaration[]> ReadDeclaredAsync(string? name) => Task.FromResult(caches.Declared(name)
        .Select(cache => new CacheDeclaration(
            cache.Name,
            cache.Template.Text,
            new CacheLife(cache.TimeToLive, cache.NotFoundTimeToLive),
            cache.ContentType))
        .ToArray());
}
