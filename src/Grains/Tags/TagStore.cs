using CacheOrleans.Grains.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tags;

/// <summary>Keeps the versions of tags and caches in the backing store.</summary>
/// <remarks>A version is kept as a tombstone with that stamp: everything older is removed. That is why it is written
/// before all other writes, and is never dropped to make room.</remarks>
internal sealed class TagStore(StoreReads store, IWriteBehind writeBehind, TimeProvider time)
{
    /// <summary>Reads a version.</summary>
    /// <remarks>An unreadable record may mean that the tag was invalidated at any time up to now. So the current time
    /// becomes the version, and is written.</remarks>
    /// <returns>The version, <see cref="Stamp.None"/> if there is none; null if it cannot be found out now.</returns>
    public async Task<Stamp?> ReadAsync(StoreKey key) => await store.TryReadAsync(key) switch
    {
        null or { Failure.IsTransient: true } => null,
        { Status: StoreReadStatus.Found, Record: { } record } => record.Stamp,
        { Status: StoreReadStatus.Missing } => Stamp.None,
        _ => TakeNow(key),
    };

    /// <summary>Queues a version to be written; writing the same version again yields the same record.</summary>
    public PendingWrite Write(StoreKey key, Stamp version) => writeBehind.Enqueue(StoreWrite.OfVersion(key, version));

    private Stamp TakeNow(StoreKey key)
    {
        var now = Stamp.Next(time.GetUtcNow(), Stamp.None);
        Write(key, now);
        return now;
    }
}
