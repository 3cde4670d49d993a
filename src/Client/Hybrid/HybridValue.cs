using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Hybrid;

/// <summary>A value to be stored.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Copy">What this process keeps if they cannot be stored.</param>
internal readonly record struct HybridValue<T>(byte[] Bytes, CachedValue<T> Copy);
