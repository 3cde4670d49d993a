using CacheOrleans.Storage;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>One key's operation in the queue, with everyone who waits for it.</summary>
/// <remarks>The queue's lock guards it; completing a task runs nothing under that lock.</remarks>
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

    /// <summary>Puts a newer operation in this one's place; whoever waits for this one waits for the newer.</summary>
    public void Replace(StoreWrite newer)
    {
        Write = newer.InPlaceOf(Write);
        if (_attempted.Task.IsCompleted)
        {
            _attempted = NewSource();
        }
    }

    /// <summary>Lets those who wait for an older operation, which was sent in vain, wait for this one.</summary>
    public void TakeOver(QueuedWrite older)
    {
        (_replaced ??= []).Add(older);
        Cover(older);
    }

    /// <summary>Goes to the store in the place of a value that is given up: those who wait for that are told so once
    /// this one has settled.</summary>
    /// <remarks>What was given up for the key before settles now: one that waits is enough to keep the owner.</remarks>
    public void Abandon(QueuedWrite value)
    {
        value._replaced?.ForEach(older => older.Settle(StoreWriteResult.Dropped));
        value._replaced = null;
        value._isGivenUp = true;
        value.Write = value.Write with { Record = value.Write.Record with { Value = null } }; // for the memory it takes
        value.Attempt(StoreWriteResult.Dropped);
        (_replaced ??= []).Add(value);
    }

    /// <summary>This one goes to the store in the place of another.</summary>
    public void Cover(QueuedWrite other) => Write = Write.InPlaceOf(other.Write);

    /// <summary>Tells that the operation was tried, or will not be for now.</summary>
    public void Attempt(StoreWriteResult result) => _attempted.TrySetResult(result);

    /// <summary>Tells what became of the operation in the end.</summary>
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
