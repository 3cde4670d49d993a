using CacheOrleans.Keys;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>Which entry a grain owns.</summary>
/// <param name="Key">Its key.</param>
/// <param name="StoreKey">Where the backing store keeps it.</param>
/// <param name="Cache">The cache it belongs to.</param>
internal sealed record EntryIdentity(CacheKey Key, StoreKey StoreKey, BoundCache Cache);
