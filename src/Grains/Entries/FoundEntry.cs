using CacheOrleans.Entries;
using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Entries;

/// <summary>What a read of an entry has found.</summary>
/// <param name="Entry">The value, or that there is none. What is not kept has expired already.</param>
/// <param name="Source">Where it was found; <see cref="EntrySource.None"/>: nowhere.</param>
/// <param name="OutdatedSince">When one of its tags was invalidated while it was loaded:
/// <see cref="TagFloors.Changes"/> as the load began. It is for those who asked before anything had changed.</param>
internal readonly record struct FoundEntry(MemoryEntry Entry, EntrySource Source, long? OutdatedSince = null)
{
    /// <summary>The answer to who asked the grain itself.</summary>
    public CacheAnswer Answer(DateTimeOffset now) => new(Entry.Value, Source, Entry.Age(now), Entry.Stamp.Value);

    /// <summary>Nothing is kept, and nothing could load it.</summary>
    public static FoundEntry Nothing(Stamp lastStamp) =>
        new(new MemoryEntry(null, lastStamp, default, default), EntrySource.None);

    /// <summary>What a fallback found is for those who wait for it alone.</summary>
    public static FoundEntry NotKept(LoadStart start, byte[]? value) =>
        new(new MemoryEntry(value, start.Stamp, start.StartedAt, start.StartedAt), EntrySource.Fallback);
}
