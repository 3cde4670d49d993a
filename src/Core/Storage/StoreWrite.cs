using CacheOrleans.Definitions;

namespace CacheOrleans.Storage;

/// <summary>One write or remove on its way to a backing store.</summary>
/// <param name="Key">The key in the store.</param>
/// <param name="Record">The record to store, unless the store has a later one under the key.</param>
/// <param name="KeepUntil">When the store deletes the record, by the writer's clock: the record's own expiry, or later.
/// A write that still waits at that time is dropped.</param>
/// <param name="RemoveUntil">When the remove expires that replaces this value if its write is dropped; without that
/// remove, the store would keep serving the value from before. Null if no remove is needed because no caller was
/// promised this write: it is a tombstone itself, or a value that was only loaded or extended.</param>
/// <param name="Owner">The key of the entry's grain; null if the write is not that of an entry.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.StoreWrite")]
public sealed record StoreWrite(
    [property: Id(0)] StoreKey Key,
    [property: Id(1)] StoreRecord Record,
    [property: Id(2)] DateTimeOffset KeepUntil,
    [property: Id(3)] DateTimeOffset? RemoveUntil = null,
    [property: Id(4)] string? Owner = null)
{
    /// <summary>Returns the write of a version of a tag or a cache. It is a tombstone, because everything before the
    /// version is gone.</summary>
    /// <remarks>The same version always results in the same record.</remarks>
    public static StoreWrite OfVersion(StoreKey key, Stamp version)
    {
        var end = version.Time + CacheDefinition.MaxTimeToLive;
        return new(key, new StoreRecord(null, version, version.Time, end), end);
    }

    /// <summary>Returns this write as the replacement of another write of the same key: if this write is dropped, a
    /// remove replaces it when the other write required one.</summary>
    public StoreWrite Replacing(StoreWrite other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var until = other.Record.IsTombstone ? other.KeepUntil : other.RemoveUntil;
        return Record.IsTombstone || until is null || until <= RemoveUntil ? this : this with { RemoveUntil = until };
    }

    /// <summary>Returns the remove that replaces this value when its write is dropped; null if none is
    /// needed.</summary>
    public StoreWrite? ReplacementRemove(DateTimeOffset now) => RemoveUntil is { } until && until > now
        ? new(Key, new StoreRecord(null, Record.Stamp, Record.CreatedAt, until), until, Owner: Owner)
        : null;
}
