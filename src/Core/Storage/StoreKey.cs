namespace CacheOrleans.Storage;

/// <summary>Where an entry is kept in a backing store.</summary>
/// <param name="Cache">The cache's name, for counting and for telling failures apart.</param>
/// <param name="Text">The key's text, unique among all keys of all caches; the store adds its own prefix.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.StoreKey")]
public readonly record struct StoreKey([property: Id(0)] string Cache, [property: Id(1)] string Text)
{
    private const char VersionMark = '@'; // no cache's name begins like this

    /// <summary>Whether the version of a tag or a cache is kept there, and no entry.</summary>
    public bool IsVersion => Cache.StartsWith(VersionMark);

    /// <summary>Where a tag's version is kept.</summary>
    public static StoreKey OfTag(string tag) => OfVersion("@tag", tag);

    /// <summary>Where a cache's version is kept.</summary>
    public static StoreKey OfCache(string cache) => OfVersion("@cache", cache);

    /// <inheritdoc />
    public override string ToString() => Text;

    private static StoreKey OfVersion(string kind, string name) => new(kind, $"{kind}:{name}");
}
