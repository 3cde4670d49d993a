using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Identifies the entry of the cache that a call uses.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Key">The key.</param>
/// <param name="Tags">The tags of the value, by their names in the cluster.</param>
internal sealed record HybridEntry<T>(ClientCache<string, T> Cache, string Key, string[] Tags)
{
    /// <summary>The key's canonical text.</summary>
    /// <exception cref="EntryRefusedException">The key breaks a limit.</exception>
    public string Text { get; } = TextOf(Cache, Key);

    private static string TextOf(ClientCache<string, T> cache, string key)
    {
        try
        {
            return cache.TextOf(key);
        }
        catch (ArgumentException exception)
        {
            throw new EntryRefusedException(exception);
        }
    }
}
