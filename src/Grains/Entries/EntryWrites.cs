using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>Puts the writes of one entry in order and passes them to the backing store.</summary>
/// <remarks>The memory is changed before the first await, unless the silo was paused. Whatever is learned after an
/// await goes through the memory, which knows what has changed in between.</remarks>
internal sealed class EntryWrites(OwnedEntry owned)
{
    /// <summary>How often an explicit write is attempted, each time with a later stamp, when the store has a newer
    /// operation of another owner.</summary>
    private const int MaxAttempts = 3;

    private PendingWrite? _last; // null once it has settled
    private StoreWrite? _waiting; // the content of _last
    private int _pending;
    private long _lastOperation;

    /// <summary>Whether any write has not settled yet.</summary>
    public bool ArePending => _pending > 0;

    /// <summary>The last write, if the store does not have it yet.</summary>
    public StoreWrite? Waiting => _last is null ? null : _waiting;

    /// <summary>The time until which the writes that have not settled may wait for the store.</summary>
    public DateTimeOffset PendingUntil { get; private set; }

    /// <summary>Changes the memory, queues the write, and waits for the store if the caller asked for that.</summary>
    public async Task<WriteOutcome> WriteAsync(
        Func<StoreRecord> change, bool acknowledge, CancellationToken cancellationToken)
    {
        var operation = ++_lastOperation;
        for (var attempt = 1; ; attempt++)
        {
            await owned.Services.Pauses.ConfirmAsync();

            // Computed before the change, so that it covers the replaced value: if the queue gives the write up, that
            // value must not come back from the store.
            var removeUntil = owned.Memory.RemoveUntil(owned.Cache.Lives.Longest);
            var write = Send(change(), removeUntil);
            if (!acknowledge)
            {
                return WriteOutcome.Queued;
            }

            var result = await write.AcknowledgedAsync(owned.Time, cancellationToken);
            if (result.Status != StoreWriteStatus.Superseded)
            {
                return result switch
                {
                    { Status: StoreWriteStatus.Applied } => WriteOutcome.Applied,
                    { Status: StoreWriteStatus.Dropped } or { Failure.IsTransient: false } => WriteOutcome.NotStored,
                    _ => WriteOutcome.Queued,
                };
            }

            // A former owner's clock was ahead. The caller's write is newer than that owner's and takes a later stamp,
            // unless a newer set or remove has arrived in the meantime.
            if (attempt == MaxAttempts || operation != _lastOperation)
            {
                return WriteOutcome.Superseded;
            }

            owned.Memory.Reject(result.StoredStamp);
        }
    }

    /// <summary>Queues a write, and keeps the entry alive until the write has settled.</summary>
    /// <param name="record">The record to write.</param>
    /// <param name="removeUntil">For a value that was set: <see cref="StoreWrite.RemoveUntil"/>.</param>
    public PendingWrite Send(StoreRecord record, DateTimeOffset? removeUntil = null) => Send(new StoreWrite(
        owned.Identity.StoreKey,
        record,
        record.ExpiresAt,
        record.IsTombstone ? null : removeUntil,
        owned.Activation.Key));

    /// <summary>Takes over the last write of a former owner, unless this owner knows a later one.</summary>
    public async Task InheritAsync(StoreWrite write)
    {
        if (!await owned.Services.Tags.LearnAsync(write.Record.Tags))
        {
            owned.Memory.Observe(write.Record.Stamp); // it may be invalid, but nothing older can be valid
        }
        else if (write.Record.Value is not null
            && write.Record.Stamp <= owned.Services.Lookup.VersionOf(owned.Identity))
        {
            owned.Memory.Observe(write.Record.Stamp); // all entries of the cache were ended in the meantime
        }
        else if (owned.Memory.TakeOver(write.Record))
        {
            Send(write);
        }
    }

    /// <summary>Waits until the last write was attempted once, if it has not settled.</summary>
    /// <remarks>The next owner reads the store first, so the store should have the write by then. A store that fails is
    /// not waited for.</remarks>
    public Task AttemptedAsync(CancellationToken cancellationToken) =>
        _last is { } write ? write.AcknowledgedAsync(owned.Time, cancellationToken) : Task.CompletedTask;

    private PendingWrite Send(StoreWrite handed)
    {
        var write = owned.Services.WriteBehind.Enqueue(handed);
        (_last, _waiting) = (write, handed);
        var until = handed.RemoveUntil > handed.KeepUntil ? handed.RemoveUntil.Value : handed.KeepUntil;
        PendingUntil = _pending > 0 && PendingUntil > until ? PendingUntil : until;
        _pending++;
        owned.Activation.OnChanged();
        _ = SettleAsync(write);
        return write;
    }

    private async Task SettleAsync(PendingWrite write)
    {
        if ((await write.Attempted).Status == StoreWriteStatus.Failed)
        {
            owned.Cache.Meter.OnError();
        }

        var settled = await write.Settled;
        _pending--;
        (_last, _waiting) = ReferenceEquals(_last, write) ? (null, null) : (_last, _waiting);
        if (settled.Status == StoreWriteStatus.Superseded)
        {
            owned.Memory.Reject(settled.StoredStamp);
        }

        owned.Activation.OnChanged();
    }
}
