using CacheOrleans.Definitions;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tags;

/// <summary>Keeps the versions of tags in the backing store.</summary>
/// <remarks>A version is kept as a tombstone with that stamp: what was before it is gone. So it is written ahead of
/// values and is never dropped for room.</remarks>
internal sealed class TagStore(IBackingStore store, IWriteBehind writeBehind, IBreakerGate gate, TimeProvider time)
{
    /// <summary>No cache's name begins like this.</summary>
    private const string Namespace = "@tag";

    /// <summary>Reads a tag's version.</summary>
    /// <remarks>What is there and cannot be read may say that the tag was invalidated at any time, the last moment
    /// included: so that is taken, and written.</remarks>
    /// <returns>The version, <see cref="Stamp.None"/> when there is none; null when it cannot be told now.</returns>
    public async Task<Stamp?> ReadAsync(string tag)
    {
        if (!gate.TryEnter(out var pass))
        {
            return null;
        }

        var read = await store.ReadAsync(Key(tag), CancellationToken.None);
        if (read.Failure is { } failure)
        {
            gate.OnFailure(pass, StoreOperation.Read, Namespace, failure);
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
            _ => TakeNow(tag),
        };
    }

    /// <summary>Hands over a version to be written; the same one again is the same record.</summary>
    public PendingWrite Write(string tag, Stamp version)
    {
        var end = version.Time + CacheDefinition.MaxTimeToLive;
        return writeBehind.Enqueue(new StoreWrite(Key(tag), new StoreRecord(null, version, version.Time, end), end));
    }

    private Stamp TakeNow(string tag)
    {
        var now = Stamp.Next(time.GetUtcNow(), Stamp.None);
        Write(tag, now);
        return now;
    }

    private static StoreKey Key(string tag) => new(Namespace, $"{Namespace}:{tag}");
}
