using CacheOrleans.Definitions;

namespace CacheOrleans.Storage;

/// <summary>One write or remove on its way to a backing store.</summary>
/// <param name="Key">Where it goes.</param>
/// <param name="Record">What is to stand there, unless something later does.</param>
/// <param name="KeepUntil">When the store lets go of it, by the writer's clock: the record's own expiry, or later.
/// A write that still waits then is dropped.</param>
/// <param name="RemoveUntil">Until when a remove stands that takes this value's place if it is given up, or the store
/// would go on with what was there before. Null: none does, for nobody was promised anything: it is a tombstone itself,
/// or a value that was only loaded or prolonged.</param>
/// <param name="Owner">The key of the entry's grain; null: it is not an entry's.</param>
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
    /// <summary>A version of a tag or a cache: a tombstone, for what was before it is gone.</summary>
    /// <remarks>The same version again is the same record.</remarks>
    public static StoreWrite OfVersion(StoreKey key, Stamp version)
    {
        var end = version.Time + CacheDefinition.MaxTimeToLive;
        return new(key, new StoreRecord(null, version, version.Time, end), end);
    }

    /// <summary>This write, which goes to the store in the place of another of its key: given up, it leaves a remove if
    /// that one had to.</summary>
    public StoreWrite InPlaceOf(StoreWrite other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var until = other.Record.IsTombstone ? other.KeepUntil : other.RemoveUntil;
        return Record.IsTombstone || until is null || until <= RemoveUntil ? this : this with { RemoveUntil = until };
    }

    /// <summary>The remove that takes this value's place when it is given up; null: none is due.</summary>
    public StoreWrite? RemoveInstead(DateTimeOffset now) => RemoveUntil is { } until && until > now
        ? new(Key, new StoreRecord(null, Record.Stamp, Record.CreatedAt, until), until, Owner: Owner)
        : null;
}
