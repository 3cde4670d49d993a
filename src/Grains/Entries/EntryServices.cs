using CacheOrleans.Grains.Tags;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>What the entries of a silo work with.</summary>
internal sealed record EntryServices(
    IWriteBehind WriteBehind, EntryLookup Lookup, EntryFallback Fallback, ITagVersions Tags, TimeProvider Time);
