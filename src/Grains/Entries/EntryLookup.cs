using CacheOrleans.Alerts;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Grains.Tags;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>Looks entries up in the backing store.</summary>
internal sealed class EntryLookup(StoreReads store, CacheVersions versions)
{
    /// <summary>Reads the store, if the breaker allows it.</summary>
    /// <returns>The record found, as a tombstone if its cache was ended since it was written; null for a miss, a
    /// failure, or a store that is skipped.</returns>
    public async Task<StoreRecord?> ReadStoreAsync(EntryIdentity entry)
    {
        if (await store.TryReadAsync(entry.StoreKey) is not { } read)
        {
            entry.Cache.Meter.OnSkipped();
            return null;
        }

        if (read.Failure is { IsInconclusive: true })
        {
            return null;
        }

        if (read.Status is StoreReadStatus.Failed or StoreReadStatus.Unreadable)
        {
            entry.Cache.Stages.OnFailure(AlertStage.Read, read.Failure?.Exception ?? Unreadable(entry, read.Problem));
        }
        else
        {
            entry.Cache.Stages.OnSuccess(AlertStage.Read);
        }

        return read.Record is { IsTombstone: false } record ? await JudgeAsync(entry, record) : read.Record;
    }

    /// <summary>Returns the version of an entry's cache, as far as this silo knows it.</summary>
    public Stamp VersionOf(EntryIdentity entry) => versions.Floors.Of(entry.StoreKey.Cache);

    /// <summary>Returns the record, or a tombstone in its place if its stamp is not above its cache's version: then the
    /// value was removed, or may have been. A value whose cache's version cannot be found out counts as removed too.
    /// </summary>
    private async ValueTask<StoreRecord> JudgeAsync(EntryIdentity entry, StoreRecord record)
    {
        var version = await versions.FindAsync(entry.StoreKey.Cache);
        return record.Stamp > version ? record : record with
        {
            Value = null,
            Tags = null,
            Sliding = null,
            Stamp = Stamp.Max(record.Stamp, version ?? Stamp.None),
        };
    }

    private static InvalidDataException Unreadable(EntryIdentity entry, string? problem) =>
        new($"The value in Redis for a key of cache '{entry.StoreKey.Cache}' is unreadable and counts as a miss. "
            + problem);
}
