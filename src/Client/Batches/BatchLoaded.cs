using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Batches;

/// <summary>A key of a batch with what was loaded for it.</summary>
/// <param name="Item">The key.</param>
/// <param name="Value">The value, or that there is none.</param>
/// <param name="Bytes">The value for others; null also where it cannot be given to them.</param>
internal readonly record struct BatchLoaded<TKey, T>(BatchItem<TKey> Item, CachedValue<T> Value, byte[]? Bytes)
{
    /// <summary>Whether others can be given it, or that there is none.</summary>
    public bool IsShareable => !Value.IsFound || Bytes is not null;
}
