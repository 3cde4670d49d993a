using CacheOrleans.Tags;

namespace CacheOrleans.Loading;

/// <summary>The result of a load: the value's bytes, or that there is no value.</summary>
/// <param name="Value">The value; null if the key has no value. Its bytes must not be changed afterwards.</param>
public readonly record struct LoadResult(byte[]? Value)
{
    /// <summary>The result when there is no value for the key.</summary>
    public static LoadResult NotFound => default;

    /// <summary>The entry's tags, which must not be changed; null if it has none.</summary>
    public string[]? Tags { get; private init; }

    /// <summary>Returns the result with a value.</summary>
    public static LoadResult Found(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value);
    }

    /// <summary>Returns this result with tags, by which the entry can be invalidated.</summary>
    /// <exception cref="ArgumentException">A tag is not allowed, or there are too many.</exception>
    public LoadResult WithTags(IReadOnlyCollection<string>? tags) => this with { Tags = CacheTags.Of(tags) };
}
