namespace CacheOrleans.Loading;

/// <summary>What a loader found: bytes, or nothing.</summary>
/// <param name="Value">The value, not to be changed afterwards; null when there is none.</param>
public readonly record struct LoadResult(byte[]? Value)
{
    /// <summary>There is no such row.</summary>
    public static LoadResult NotFound => default;

    /// <summary>Wraps a value.</summary>
    public static LoadResult Found(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value);
    }
}
