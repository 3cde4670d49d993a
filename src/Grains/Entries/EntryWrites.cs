using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>Puts the writes of one entry in order and sees them to the backing store.</summary>
/// <remarks>The memory is changed before the first await, and what is learned after it goes through the memory, which
/// knows what came in between.</remarks>
internal sealed class EntryWrites(OwnedEntry owned)
{
    /// <summary>Longest wait for an acknowledgement; the store's own limits end nearly every wait before.</summary>
    private static readonly TimeSpan AcknowledgementLimit = TimeSpan.FromSeconds(5);

    /// <summary>How often an explicit write takes a later stamp when another owner's operation stands in the store.
    /// </summary>
    private const int MaxAttempts = 3;

    private PendingWrite? _last; // until it has settled
    private StoreWrite? _waiting; // what that writes
    private int _pending;
    private long _lastOperation;

    /// <summary>Whether a write has not settled.</summary>
    public bool ArePending => _pending > 0;

    /// <summary>The last write, if the store does not have it yet.</summary>
    public StoreWrite? Waiting => _last is null ? null : _waiting;

    /// <summary>Until when those that have not settled may wait for the store.</summary>
    public DateTimeOffset PendingUntil { get; private set; }

    /// <summary>Changes the memory, hands the write over, and waits for the store if asked to.</summary>
    public async Task<WriteOutcome> WriteAsync(
        Func<StoreRecord> change, bool acknowledge, CancellationToken cancellationToken)
    {
        var operation = ++_lastOperation;
        for (var attempt = 1; ; attempt++)
        {
            // Whatever this puts an end to, in the store too, must not come back if it is given up there.
            var removeUntil = owned.Memory.RemoveUntil(owned.Cache.Lives.Longest);
            var write = Send(change(), removeUntil);
            if (!acknowledge)
            {
                return WriteOutcome.Queued;
            }

            var result = await AcknowledgedAsync(write, cancellationToken);
            if (result.Status != StoreWriteStatus.Superseded)
            {
                return result switch
                {
                    { Status: StoreWriteStatus.Applied } => WriteOutcome.Applied,
                    { Status: StoreWriteStatus.Dropped } or { Failure.IsTransient: false } => WriteOutcome.NotStored,
                    _ => WriteOutcome.Queued,
                };
            }

            // A former owner's clock was ahead. What the caller wants now comes after what that owner wrote, unless
            // a newer set or remove has come meanwhile.
            if (attempt == MaxAttempts || operation != _lastOperation)
            {
                return WriteOutcome.Superseded;
            }

            owned.Memory.Reject(result.StoredStamp);
        }
    }

    /// <summary>Hands a write over, and keeps the entry alive until it has settled.</summary>
    /// <param name="record">What to write.</param>
    /// <param name="removeUntil">For a value that was set: <see cref="StoreWrite.RemoveUntil"/>.</param>
    public PendingWrite Send(StoreRecord record, DateTimeOffset? removeUntil = null) => Send(new StoreWrite(
        owned.Identity.StoreKey,
        record,
        record.ExpiresAt,
        record.IsTombstone ? null : removeUntil,
        owned.Activation.Key));

    /// <summary>Takes the last write of a former owner over, unless this one knows of a later.</summary>
    public async Task InheritAsync(StoreWrite write)
    {
        if (!await owned.Services.Tags.LearnAsync(write.Record.Tags))
        {
            owned.Memory.See(write.Record.Stamp); // whether it counts is not known; nothing older does
        }
        else if (write.Record.Value is not null
            && write.Record.Stamp <= owned.Services.Lookup.VersionOf(owned.Identity))
        {
            owned.Memory.See(write.Record.Stamp); // the cache was ended meanwhile
        }
        else if (owned.Memory.Inherit(write.Record))
        {
            Send(write);
        }
    }

    /// <summary>Waits until the store was tried with the last write, if that has not settled.</summary>
    /// <remarks>The next owner reads the store first, so it should have the write; a store that fails is not waited
    /// for.</remarks>
    public Task AttemptedAsync(CancellationToken cancellationToken) =>
        _last is { } write ? AcknowledgedAsync(write, cancellationToken) : Task.CompletedTask;

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

    private static async Task<StoreWriteResult> AcknowledgedAsync(
        PendingWrite write, CancellationToken cancellationToken)
    {
        try
        {
            return await write.Attempted.WaitAsync(AcknowledgementLimit, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return StoreWriteResult.Held;
        }
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
