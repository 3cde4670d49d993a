using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tags;

/// <summary>The versions of caches, from the store and from the announcements of silos.</summary>
/// <remarks>Thread-safe. The store is read once for each cache; silos announce all later changes.</remarks>
internal sealed class CacheVersions(CacheFloors floors, TagStore store)
{
    private readonly ConcurrentDictionary<string, bool> _read = new(StringComparer.Ordinal);

    public CacheFloors Floors => floors;

    /// <summary>Records that a cache was ended, and queues its version to be written: every notified silo does that,
    /// because any of them may be the last one running.</summary>
    public void OnEnded(string cache, Stamp version)
    {
        floors.Raise(cache, version);
        store.Write(StoreKey.OfCache(cache), version);
    }

    /// <summary>Returns the version of a cache; a record in the store is valid only if its stamp is above it.</summary>
    /// <returns>The cache's version; null if it cannot be found out now.</returns>
    public ValueTask<Stamp?> FindAsync(string cache) =>
        _read.ContainsKey(cache) ? new(floors.Of(cache)) : new(ReadAsync(cache));

    private async Task<Stamp?> ReadAsync(string cache)
    {
        if (await store.ReadAsync(StoreKey.OfCache(cache)) is not { } version)
        {
            return null;
        }

        floors.Raise(cache, version);
        _read.TryAdd(cache, true);
        return floors.Of(cache);
    }
}
