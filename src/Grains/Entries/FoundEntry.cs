using CacheOrleans.Entries;
using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Entries;

/// <summary>The result of a read of an entry.</summary>
/// <param name="Entry">The value, or that there is none. A result that is not kept has expired already.</param>
/// <param name="Source">Where the result was found; <see cref="EntrySource.None"/> for nowhere.</param>
/// <param name="OutdatedSince">If one of the result's tags was invalidated while it was loaded: the value of
/// <see cref="TagFloors.Changes"/> when the load began. Only callers that asked before any change may get the result.
/// </param>
internal readonly record struct FoundEntry(StoreRecord Entry, EntrySource Source, long? OutdatedSince = null)
{
    /// <summary>Whether the result came from a fallback and is not kept: <see cref="NotKept"/>.</summary>
    public bool IsUnkept => Source == EntrySource.Fallback && Entry.ExpiresAt <= Entry.CreatedAt;

    /// <summary>Returns the answer for a caller of the grain itself.</summary>
    public CacheAnswer Answer(DateTimeOffset now) => new(Entry.Value, Source, Entry.Age(now), Entry.Stamp.Value);

    /// <summary>Whether a caller must read again instead of taking the result.</summary>
    /// <param name="memory">The entry's memory now.</param>
    /// <param name="since"><see cref="TagFloors.Changes"/> when the caller asked.</param>
    /// <param name="refused">The highest stamp that the caller refuses.</param>
    public bool IsStale(EntryMemory memory, long since, Stamp refused) => Source switch
    {
        EntrySource.None => memory.Fresh?.Stamp > refused, // a value was set while the store was read
        EntrySource.Redis => Entry.Stamp <= refused,
        _ => OutdatedSince < since,
    };

    /// <summary>Returns the result for an entry that is not kept anywhere and has no fallback to load it.</summary>
    public static FoundEntry Nothing(Stamp lastStamp) =>
        new(new StoreRecord(null, lastStamp, default, default), EntrySource.None);

    /// <summary>Returns a fallback's result that is not kept: only the callers that wait for it get it.</summary>
    public static FoundEntry NotKept(LoadStart start, byte[]? value) =>
        new(new StoreRecord(value, start.Stamp, start.StartedAt, start.StartedAt), EntrySource.Fallback);
}
