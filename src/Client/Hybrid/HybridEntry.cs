using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Which entry of the cache a call is about.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Key">The key.</param>
/// <param name="Tags">The tags of what is made for it, as the cluster has them.</param>
internal sealed record HybridEntry<T>(ClientCache<string, T> Cache, string Key, string[] Tags)
{
    /// <summary>The key's text.</summary>
    /// <exception cref="EntryRefusedException">It breaks a limit.</exception>
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
