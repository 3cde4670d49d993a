namespace CacheOrleans.Grains.Entries;

/// <summary>Why a grain key names no entry.</summary>
/// <param name="Message">What is wrong with it.</param>
/// <param name="Cache">The cache it names; null: it is no key.</param>
/// <param name="Definition">The fingerprint of the cache's definition, which the key does not go with; zero: the silo
/// does not know the cache.</param>
internal sealed record KeyError(string Message, string? Cache = null, long Definition = 0)
{
    /// <summary>Whether the silo does not know the cache, or not by a caller's definition.</summary>
    /// <param name="definition">The fingerprint of the caller's definition; zero: it has none.</param>
    public bool IsUndeclared(long definition) =>
        Cache is not null && (Definition == 0 || (definition != 0 && definition != Definition));
}
