using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Caches;

/// <summary>A value that has been read, or made, in this process.</summary>
/// <param name="Value">The value for all who want it.</param>
/// <param name="First">An instance that one of them may have.</param>
internal readonly record struct Decoded<T>(CachedValue<T> Value, T? First);
