using CacheOrleans.Grains.Coordination;
using CacheOrleans.Grains.Tags;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>The services that all entries of a silo share.</summary>
internal sealed record EntryServices(
    IWriteBehind WriteBehind,
    EntryLookup Lookup,
    EntryFallback Fallback,
    ITagVersions Tags,
    PauseGuard Pauses,
    TimeProvider Time);
