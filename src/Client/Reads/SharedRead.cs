using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>A read of one key that is under way in this process, and that later callers may share.</summary>
/// <remarks>
/// <para>Whoever asks the owner learns the state of that moment, so a caller may share what is asked after it came. It
/// may share an earlier question only while this process is told of changes, as it is when copies are kept, and was
/// told of none. A caller that may not share a read begins the next one, which waits for the answer of the one before:
/// however many callers come meanwhile, one question is asked for all of them.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal abstract class SharedRead
{
    private static long _lastMoment;

    private readonly NearTags _tags;
    private readonly bool _isTold;
    private long _askedAt;
    private long _loadingAt = long.MaxValue;
    private long _changes;
    private long _epoch;
    private TaskCompletionSource? _answered;
    private volatile bool _isAsked;
    private volatile bool _isAnswered;
    private volatile bool _isClosed;

    /// <param name="key version">The key's key version.</param>
    /// <param name="tags">What is known of tags.</param>
    /// <param name="isTold">Whether the owner tells this process of changes while it is under way.</param>
    /// <param name="callers">Counts its callers; null: it goes on when they have given up.</param>
    protected SharedRead(KeyVersion keyVersion, NearTags tags, bool isTold, ReadCallers? callers)
    {
        KeyVersion = keyVersion;
        Callers = callers;
        _tags = tags;
        _isTold = isTold;
        Observe();
    }

    /// <summary>The key's key version, held until the read ends.</summary>
    public KeyVersion KeyVersion { get; }

    /// <summary>Counts its callers; null: it goes on when they have given up.</summary>
    public ReadCallers? Callers { get; }

    /// <summary>The read that this one took the place of, until it need not be known any more.</summary>
    public SharedRead? Predecessor { get; set; }

    /// <summary>Whether it loads without the cluster, which does not answer.</summary>
    public bool IsLocal { get; protected set; }

    /// <summary>Whether it does so, and later callers may share what it loads.</summary>
    public bool IsLoadingLocally => IsLocal && !_isClosed && IsCurrent;

    /// <summary>The load that it runs or waits for; null: none.</summary>
    public LoadId? Load { get; protected set; }

    /// <summary>Ends when the owner knows that the load has failed, or cannot be told: until then it would give the
    /// error to later reads too.</summary>
    public Task FailureReport { get; set; } = Task.CompletedTask;

    /// <summary>The report of a failure that this read, or one before it that it waits for, may still end with; null
    /// if none has failed.</summary>
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

    /// <summary>Whether it loads, without the cluster, from a moment on when all callers of another read had
    /// come.</summary>
    /// <param name="other">A read without copies that has asked its first question.</param>
    public bool LoadsLaterThan(SharedRead other) => Volatile.Read(ref _loadingAt) > other._askedAt;

    /// <summary>Whether its answer is on its way and nothing is known that would outdate it.</summary>
    public bool IsAsking => _isAsked && !_isAnswered && !_isClosed && IsCurrent;

    private bool IsCurrent => _changes == KeyVersion.Changes && _epoch == _tags.Epoch;

    /// <summary>Takes a caller in, if what it brings is good for the caller too.</summary>
    /// <param name="isTold">Whether the caller may have what this process was not told is outdated.</param>
    public bool TryJoin(bool isTold) =>
        !_isClosed
        && (!_isAsked || (isTold && _isTold && IsCurrent && Failing is null))
        && Callers?.TryJoin() is not false;

    /// <summary>Takes no more callers.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Does the work, and ends when nothing more is to be done; what it throws is for all who wait.</summary>
    public abstract Task RunAsync();

    /// <summary>Gives what it brought to those who still wait for it: nothing is left to do.</summary>
    public abstract void End();

    /// <summary>Ends it for all who wait.</summary>
    public void Fail(Exception exception)
    {
        Close();
        OnAnswered();
        OnFailed(exception);
    }

    /// <summary>The fallback takes too long: later callers begin anew, and those who only share it too.</summary>
    /// <param name="error">For all who wait.</param>
    /// <param name="isFirstWaiting">Whether the caller whose fallback runs goes on waiting for it.</param>
    public void Abandon(LoadOverdueException error, bool isFirstWaiting)
    {
        Close();
        OnOverdue(error, isFirstWaiting);
    }

    /// <summary>Waits until the first question is answered, or it is known that it will not be.</summary>
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

    /// <summary>Gives an error to all who wait.</summary>
    protected abstract void OnFailed(Exception exception);

    /// <inheritdoc cref="Abandon" />
    protected abstract void OnOverdue(LoadOverdueException error, bool isFirstWaiting);

    /// <summary>The first question is being sent.</summary>
    protected void OnAsking()
    {
        if (!_isAsked)
        {
            _isAsked = true; // first: a caller that still comes in has come before the question is sent
            _askedAt = _isTold ? 0 : Interlocked.Increment(ref _lastMoment); // compared without copies alone
            Observe();
        }
    }

    /// <summary>The first question was answered.</summary>
    protected void OnAnswered()
    {
        if (!_isAnswered)
        {
            _isAnswered = true;
            Interlocked.MemoryBarrier(); // whoever waits sees this, or is seen here
            _answered?.TrySetResult();
        }
    }

    /// <summary>It begins to load without the cluster.</summary>
    protected void OnLoading()
    {
        Interlocked.Exchange(ref _loadingAt, 0); // first: until the moment is known nobody may take it for a later one
        Interlocked.Exchange(ref _loadingAt, Interlocked.Increment(ref _lastMoment));
    }

    private void Observe() => (_changes, _epoch) = (KeyVersion.Changes, _tags.Epoch);
}
