using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Hybrid;

/// <summary>A value that is to be stored.</summary>
/// <param name="Bytes">The serialized value.</param>
/// <param name="Copy">The copy that this process keeps if the bytes cannot be stored.</param>
internal readonly record struct HybridValue<T>(byte[] Bytes, CachedValue<T> Copy);
