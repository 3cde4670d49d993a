using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>A read of one key that is in progress in this process, and that later callers may share.</summary>
/// <remarks>
/// <para>The owner replies with the state at the time of the request, so a caller may share a request that is sent
/// after the call began. It may share an earlier request only while the owner notifies this process of changes, as it
/// does when copies are kept, and none has been reported since. A caller that may not share a read begins the next one,
/// which waits for the reply to the one before: however many callers come in the meantime, one request is sent for all
/// of them.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal abstract class SharedRead
{
    private static long _lastMoment;

    private readonly NearTags _tags;
    private readonly bool _receivesChanges;
    private long _requestedAt;
    private long _loadingAt = long.MaxValue;
    private long _changes;
    private long _epoch;
    private TaskCompletionSource? _answered;
    private volatile bool _isRequested;
    private volatile bool _isAnswered;
    private volatile bool _isClosed;

    /// <param name="keyVersion">The version of the key.</param>
    /// <param name="tags">The known floors of tags.</param>
    /// <param name="receivesChanges">Whether the owner notifies this process of changes during the read.</param>
    /// <param name="callers">Counts the callers; null: the read continues after they have given up.</param>
    protected SharedRead(KeyVersion keyVersion, NearTags tags, bool receivesChanges, ReadCallers? callers)
    {
        KeyVersion = keyVersion;
        Callers = callers;
        _tags = tags;
        _receivesChanges = receivesChanges;
        Observe();
    }

    /// <summary>The version of the key, held until the read ends.</summary>
    public KeyVersion KeyVersion { get; }

    /// <summary>Counts the callers; null: the read continues after they have given up.</summary>
    public ReadCallers? Callers { get; }

    /// <summary>The read that this one replaced, for as long as this one may still use its result.</summary>
    public SharedRead? Predecessor { get; set; }

    /// <summary>Whether it loads without the cluster, because the cluster does not respond.</summary>
    public bool IsLocal { get; protected set; }

    /// <summary>Whether it loads without the cluster, and later callers may share the loaded value.</summary>
    public bool IsLoadingLocally => IsLocal && !_isClosed && IsCurrent;

    /// <summary>The load that it runs or waits for; null: no load.</summary>
    public LoadId? Load { get; protected set; }

    /// <summary>Completes when the owner knows that the load has failed, or when it cannot be notified. Until then the
    /// owner would return the error to later reads too.</summary>
    public Task FailureReport { get; set; } = Task.CompletedTask;

    /// <summary>The pending failure report of this read, or of a read before it that it waits for and whose error it
    /// may end with; null if no failure is being reported.</summary>
    public Task? Failing
    {
        get
        {
            for (var sharedRead = this; sharedRead is not null; sharedRead = sharedRead.Predecessor)
            {
                if (sharedRead.FailureReport is { IsCompleted: false } report)
                {
                    return report;
                }
            }

            return null;
        }
    }

    /// <summary>Whether it began to load without the cluster after all callers of another read had joined that
    /// read.</summary>
    /// <param name="other">A read without copies that has sent its first request.</param>
    public bool LoadsLaterThan(SharedRead other) => Volatile.Read(ref _loadingAt) > other._requestedAt;

    /// <summary>Whether its reply is pending and no known change would make that reply stale.</summary>
    public bool IsRequesting => _isRequested && !_isAnswered && !_isClosed && IsCurrent;

    private bool IsCurrent => _changes == KeyVersion.Changes && _epoch == _tags.Epoch;

    /// <summary>Adds a caller, if the result of the read will be new enough for it.</summary>
    /// <param name="receivesChanges">Whether the caller accepts the reply to an earlier request, as long as no
    /// change has been announced since.</param>
    public bool TryJoin(bool receivesChanges) =>
        !_isClosed
        && (!_isRequested || (receivesChanges && _receivesChanges && IsCurrent && Failing is null))
        && Callers?.TryJoin() is not false;

    /// <summary>Accepts no further callers.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Does the work, and completes when nothing is left to do. An exception that it throws goes to all
    /// waiting callers.</summary>
    public abstract Task RunAsync();

    /// <summary>Completes the remaining waiters with the result; nothing is left to do.</summary>
    public abstract void End();

    /// <summary>Ends the read with an error for all waiting callers.</summary>
    public void Fail(Exception exception)
    {
        Close();
        OnAnswered();
        OnFailed(exception);
    }

    /// <summary>Called when the fallback exceeds its time limit: later callers, and callers that only share the read,
    /// start a new one.</summary>
    /// <param name="error">The error for the callers that share the read.</param>
    /// <param name="isFirstWaiting">Whether the caller whose fallback runs continues to wait for it.</param>
    public void Abandon(LoadOverdueException error, bool isFirstWaiting)
    {
        Close();
        OnOverdue(error, isFirstWaiting);
    }

    /// <summary>Waits until the first request has a reply, or is known to get none.</summary>
    public Task AnsweredAsync()
    {
        var answered = LazyInitializer.EnsureInitialized(
            ref _answered, static () => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_isAnswered)
        {
            answered.TrySetResult();
        }

        return answered.Task;
    }

    /// <summary>Passes an error to all waiting callers.</summary>
    protected abstract void OnFailed(Exception exception);

    /// <inheritdoc cref="Abandon" />
    protected abstract void OnOverdue(LoadOverdueException error, bool isFirstWaiting);

    /// <summary>Records that the first request is being sent.</summary>
    protected void OnRequesting()
    {
        if (!_isRequested)
        {
            _isRequested = true; // set first: a caller that can still join has come before the request is sent
            _requestedAt = _receivesChanges ? 0 : Interlocked.Increment(ref _lastMoment); // read only without copies
            Observe();
        }
    }

    /// <summary>Records that the first request has its reply.</summary>
    protected void OnAnswered()
    {
        if (!_isAnswered)
        {
            _isAnswered = true;
            Interlocked.MemoryBarrier(); // either a waiting caller sees the flag, or its source is seen here
            _answered?.TrySetResult();
        }
    }

    /// <summary>Records that it begins to load without the cluster.</summary>
    protected void OnLoading()
    {
        Interlocked.Exchange(ref _loadingAt, 0); // until its number is known, no read is earlier
        Interlocked.Exchange(ref _loadingAt, Interlocked.Increment(ref _lastMoment));
    }

    private void Observe() => (_changes, _epoch) = (KeyVersion.Changes, _tags.Epoch);
}
