namespace CacheOrleans.Storage;

/// <summary>Where an entry is kept in a backing store.</summary>
/// <param name="Cache">The cache's name, for counting and for telling failures apart.</param>
/// <param name="Text">The key's text, unique among all keys of all caches; the store adds its own prefix.</param>
public readonly record struct StoreKey(string Cache, string Text)
{
    /// <inheritdoc />
    public override string ToString() => Text;
}
