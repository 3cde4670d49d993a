using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tags;

/// <summary>The versions of caches as they are told by silos and as they stand in the store.</summary>
/// <remarks>Thread-safe. What stands in the store is read once for each cache; what comes after, silos tell.</remarks>
internal sealed class CacheVersions(CacheFloors floors, TagStore store)
{
    private readonly ConcurrentDictionary<string, bool> _read = new(StringComparer.Ordinal);

    public CacheFloors Floors => floors;

    /// <summary>A cache was ended: each silo that is told has it written, for any may be the last to live.</summary>
    public void OnEnded(string cache, Stamp version)
    {
        floors.Raise(cache, version);
        store.Write(StoreKey.OfCache(cache), version);
    }

    /// <summary>Finds out which stamp a record of the cache, read from the store, must be above to count.</summary>
    /// <returns>The cache's version; null when it cannot be told now.</returns>
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
