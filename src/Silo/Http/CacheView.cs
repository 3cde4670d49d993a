using CacheOrleans.Grains.Diagnostics;

namespace CacheOrleans.Silo.Http;

/// <summary>One cache and its counters, as <c>GET /api/caches</c> shows it.</summary>
internal sealed record CacheView(
    string Name,
    string Key,
    IReadOnlyList<string> Parameters,
    double TimeToLiveSeconds,
    double NotFoundTimeToLiveSeconds,
    double FallbackTimeoutSeconds,
    string ContentType,
    bool IsRegistered,
    CacheCounters Silo,
    CacheCounters Cluster)
{
    public static CacheView Of(CacheStatistics cache) => new(
        cache.Definition.Name,
        cache.Definition.Template.Text,
        cache.Definition.Template.Parameters,
        cache.Definition.TimeToLive.TotalSeconds,
        cache.Definition.NotFoundTimeToLive.TotalSeconds,
        cache.Definition.FallbackTimeout.TotalSeconds,
        cache.Definition.ContentType,
        cache.IsRegistered,
        cache.Silo,
        cache.Cluster);
}
