using CacheOrleans.Grains.Entries;

namespace CacheOrleans.Grains.Tags;

/// <summary>Removes all entries of a cache that this silo owns.</summary>
internal sealed class CacheRemoval(EntryEvictor entries, IGrainFactory grains)
{
    private const int MaxAtOnce = 256;

    /// <summary>Removes the entries of a cache.</summary>
    /// <remarks>An entry that is activated in the meantime reads the store, where the cache's version already applies.
    /// The same holds for an entry that is deactivated and activated again; its deactivation recalls the copies.
    /// </remarks>
    public async Task RunAsync(string cache)
    {
        foreach (var keys in entries.KeysOf(cache).Chunk(MaxAtOnce))
        {
            await Task.WhenAll(keys.Select(RemoveAsync));
        }
    }

    private async Task RemoveAsync(string key)
    {
        try
        {
            await grains.GetGrain<ICacheEntryGrain>(key).RemoveAsync();
        }
        catch (ArgumentException)
        {
            // The key matches no cache that the silo knows, so it has no entry.
        }
    }
}
