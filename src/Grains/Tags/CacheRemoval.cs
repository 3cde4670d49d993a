using CacheOrleans.Grains.Entries;

namespace CacheOrleans.Grains.Tags;

/// <summary>Removes the entries of a cache that this silo owns.</summary>
internal sealed class CacheRemoval(EntryEvictor entries, IGrainFactory grains)
{
    private const int MaxAtOnce = 256;

    /// <remarks>An entry that is activated meanwhile reads the store, where the version of the cache counts by then. So
    /// does one that leaves; its copies are recalled then.</remarks>
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
            // The key fits no cache that the silo knows: nothing is held under it.
        }
    }
}
