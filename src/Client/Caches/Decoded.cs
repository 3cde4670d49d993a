using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Caches;

/// <summary>A value that this process has deserialized or made.</summary>
/// <param name="Value">The value for all callers.</param>
/// <param name="First">An instance that one caller may take.</param>
internal readonly record struct Decoded<T>(CachedValue<T> Value, T? First);
