namespace CacheOrleans.Grains.Entries;

/// <summary>Explains why a grain key names no entry.</summary>
/// <param name="Message">What is wrong with the key.</param>
/// <param name="Cache">The cache that the key names; null if the text is not a key.</param>
/// <param name="Definition">The fingerprint of the cache's definition, which the key does not match; zero if the silo
/// does not know the cache.</param>
internal sealed record KeyError(string Message, string? Cache = null, long Definition = 0)
{
    /// <summary>Whether the silo does not know the cache, or knows it under another definition than the caller.
    /// </summary>
    /// <param name="definition">The fingerprint of the caller's definition; zero if the caller has none.</param>
    public bool IsUndeclared(long definition) =>
        Cache is not null && (Definition == 0 || (definition != 0 && definition != Definition));
}
