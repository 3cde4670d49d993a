using CacheOrleans.Tags;

namespace CacheOrleans.Loading;

/// <summary>What a loader found: bytes, or nothing.</summary>
/// <param name="Value">The value, not to be changed afterwards; null when there is none.</param>
public readonly record struct LoadResult(byte[]? Value)
{
    /// <summary>There is no such row.</summary>
    public static LoadResult NotFound => default;

    /// <summary>The entry's tags, not to be changed; null: none.</summary>
    public string[]? Tags { get; private init; }

    /// <summary>Wraps a value.</summary>
    public static LoadResult Found(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value);
    }

    /// <summary>Gives the entry tags, by which it can be invalidated.</summary>
    /// <exception cref="ArgumentException">A tag is not allowed, or there are too many.</exception>
    public LoadResult WithTags(IReadOnlyCollection<string>? tags) => this with { Tags = CacheTags.Of(tags) };
}
