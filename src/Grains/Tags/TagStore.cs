using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tags;

/// <summary>Keeps the versions of tags and caches in the backing store.</summary>
/// <remarks>A version is kept as a tombstone with that stamp: what was before it is gone. So it is written ahead of
/// all else and is never dropped for room.</remarks>
internal sealed class TagStore(IBackingStore store, IWriteBehind writeBehind, IBreakerGate gate, TimeProvider time)
{
    /// <summary>Reads a version.</summary>
    /// <remarks>What is there and cannot be read may say that the tag was invalidated at any time, the last moment
    /// included: so that is taken, and written.</remarks>
    /// <returns>The version, <see cref="Stamp.None"/> when there is none; null when it cannot be told now.</returns>
    public async Task<Stamp?> ReadAsync(StoreKey key)
    {
        if (!gate.TryEnter(out var pass))
        {
            return null;
        }

        var read = await store.ReadAsync(key, CancellationToken.None);
        if (read.Failure is { } failure)
        {
            gate.OnFailure(pass, StoreOperation.Read, key.Cache, failure);
        }
        else
        {
            gate.OnSuccess(pass, StoreOperation.Read);
        }

        return read switch
        {
            { Status: StoreReadStatus.Found, Record: { } record } => record.Stamp,
            { Status: StoreReadStatus.Missing } => Stamp.None,
            { Failure.IsTransient: true } => null,
            _ => TakeNow(key),
        };
    }

    /// <summary>Hands over a version to be written; the same one again is the same record.</summary>
    public PendingWrite Write(StoreKey key, Stamp version) => writeBehind.Enqueue(StoreWrite.OfVersion(key, version));

    private Stamp TakeNow(StoreKey key)
    {
        var now = Stamp.Next(time.GetUtcNow(), Stamp.None);
        Write(key, now);
        return now;
    }
}
