using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tags;

/// <summary>Applies announcements about tags and caches to this silo, and returns the versions that it knows.</summary>
internal sealed class TagService(
    GrainId id,
    Orleans.Runtime.Silo silo,
    ILoggerFactory loggerFactory,
    TagReplica replica,
    CacheVersions caches,
    CacheRemoval removal)
    : GrainService(id, silo, loggerFactory), ITagService
{
    public Task ApplyAsync(string tag, long version)
    {
        replica.OnInvalidated(tag, new(version));
        return Task.CompletedTask;
    }

    public Task<long?> ReadAsync(string tag) =>
        Task.FromResult(replica.Floors.TryGet(tag, out var floor) ? floor.Value : (long?)null);

    public Task EndCacheAsync(string cache, long version)
    {
        caches.OnEnded(cache, new Stamp(version));
        return Task.CompletedTask;
    }

    public Task RemoveEntriesAsync(string cache, long version)
    {
        caches.OnEnded(cache, new Stamp(version)); // again, because the announcement may have been lost
        return removal.RunAsync(cache);
    }

    public Task<Dictionary<string, long>> ReadCachesAsync() => Task.FromResult(caches.Floors.Ended());
}
