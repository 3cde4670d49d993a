using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Batches;

/// <summary>A key of a batch with the value that was loaded for it.</summary>
/// <param name="Item">The key.</param>
/// <param name="Value">The value, or that there is none.</param>
/// <param name="Bytes">The serialized value for other processes; null also if it cannot be sent to them.</param>
internal readonly record struct BatchLoaded<TKey, T>(BatchItem<TKey> Item, CachedValue<T> Value, byte[]? Bytes)
{
    /// <summary>Whether the value, or the fact that there is none, can be sent to other processes.</summary>
    public bool IsShareable => !Value.IsFound || Bytes is not null;
}
