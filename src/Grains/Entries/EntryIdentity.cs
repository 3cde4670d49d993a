using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>Which entry a grain owns.</summary>
/// <remarks>It stands in memory for each entry, so it has nothing that can be read from the grain's key when it is
/// needed.</remarks>
/// <param name="StoreKey">Where the backing store keeps it.</param>
/// <param name="Cache">The cache it belongs to.</param>
internal sealed record EntryIdentity(StoreKey StoreKey, SiloCache Cache);
