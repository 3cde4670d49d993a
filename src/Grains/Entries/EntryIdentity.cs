using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>Identifies the entry that a grain owns.</summary>
/// <remarks>Every entry keeps one in memory, so it has nothing that can be parsed from the grain's key when it is
/// needed.</remarks>
/// <param name="StoreKey">The entry's key in the backing store.</param>
/// <param name="Cache">The entry's cache.</param>
internal sealed record EntryIdentity(StoreKey StoreKey, SiloCache Cache);
