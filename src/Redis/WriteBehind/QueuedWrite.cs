using CacheOrleans.Storage;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>One key's operation in the queue, with the tasks of all callers that wait for it.</summary>
/// <remarks>Guarded by the queue's lock. Completing a task runs no continuation under that lock.</remarks>
internal sealed class QueuedWrite(StoreWrite write)
{
    private readonly TaskCompletionSource<StoreWriteResult> _settled = NewSource();
    private TaskCompletionSource<StoreWriteResult> _attempted = NewSource();
    private List<QueuedWrite>? _replaced;
    private bool _isGivenUp;

    public StoreWrite Write { get; private set; } = write;

    public bool IsTombstone => Write.Record.IsTombstone;

    public Stamp Stamp => Write.Record.Stamp;

    public PendingWrite Pending => new(_attempted.Task, _settled.Task);

    /// <summary>Replaces this operation with a newer one. Callers that wait for this operation then wait for the newer
    /// one.</summary>
    public void Replace(StoreWrite newer)
    {
        Write = newer.Replacing(Write);
        if (_attempted.Task.IsCompleted)
        {
            _attempted = NewSource();
        }
    }

    /// <summary>Makes the callers that wait for an older operation, whose sending failed, wait for this one.</summary>
    public void TakeOver(QueuedWrite older)
    {
        (_replaced ??= []).Add(older);
        InheritRemoveUntil(older);
    }

    /// <summary>Makes this operation replace a dropped value. The value settles as dropped only when this operation
    /// settles.</summary>
    /// <remarks>Values of the key that were dropped earlier settle now: one unsettled value is enough to keep the owner
    /// active.</remarks>
    public void Abandon(QueuedWrite value)
    {
        value._replaced?.ForEach(older => older.Settle(StoreWriteResult.Dropped));
        value._replaced = null;
        value._isGivenUp = true;
        value.Write = value.Write with { Record = value.Write.Record with { Value = null } }; // frees its memory
        value.Attempt(StoreWriteResult.Dropped);
        (_replaced ??= []).Add(value);
    }

    /// <summary>Makes this operation go to the store in place of another: if it is dropped, it leaves a remove if the
    /// other had to.</summary>
    public void InheritRemoveUntil(QueuedWrite other) => Write = Write.Replacing(other.Write);

    /// <summary>Completes the attempt: the operation was tried, or will not be tried for now.</summary>
    public void Attempt(StoreWriteResult result) => _attempted.TrySetResult(result);

    /// <summary>Completes the operation, and the older operations that it replaced, with its final result.</summary>
    public void Settle(StoreWriteResult result)
    {
        result = _isGivenUp ? StoreWriteResult.Dropped : result;
        _attempted.TrySetResult(result);
        _settled.TrySetResult(result);
        _replaced?.ForEach(older => older.Settle(result));
    }

    private static TaskCompletionSource<StoreWriteResult> NewSource() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
