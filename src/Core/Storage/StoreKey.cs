namespace CacheOrleans.Storage;

/// <summary>The key under which an entry is stored in a backing store.</summary>
/// <param name="Cache">The cache's name, by which calls and failures are counted.</param>
/// <param name="Text">The key's text, unique among all keys of all caches; the store adds its own prefix.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.StoreKey")]
public readonly record struct StoreKey([property: Id(0)] string Cache, [property: Id(1)] string Text)
{
    private const char VersionMark = '@'; // no cache's name begins like this

    /// <summary>Whether the key is that of the version of a tag or a cache instead of an entry.</summary>
    public bool IsVersion => Cache.StartsWith(VersionMark);

    /// <summary>Returns the key under which a tag's version is stored.</summary>
    public static StoreKey OfTag(string tag) => OfVersion("@tag", tag);

    /// <summary>Returns the key under which a cache's version is stored.</summary>
    public static StoreKey OfCache(string cache) => OfVersion("@cache", cache);

    /// <inheritdoc />
    public override string ToString() => Text;

    private static StoreKey OfVersion(string kind, string name) => new(kind, $"{kind}:{name}");
}
