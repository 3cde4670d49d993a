using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>A read in progress whose value has a known type.</summary>
internal abstract class SharedRead<T>(
    KeyVersion keyVersion, NearTags tags, bool receivesChanges = true, ReadCallers? callers = null)
    : SharedRead(keyVersion, tags, receivesChanges, callers)
{
    /// <summary>Added to the number of other callers when the read has completed with a value.</summary>
    private const int Ended = int.MaxValue / 2;

    // The first caller continues on the read's thread if the read has nothing left to do: otherwise another thread
    // would have to be woken for it. The other callers do not wait for each other; most reads have none.
    private readonly TaskCompletionSource<T?> _first = new();
    private TaskCompletionSource? _others;
    private int _otherCount;
    private int _isSettled;
    private Decoded<T> _result;
    private bool _isLast;

    /// <summary>The read that provides the value: another read if this one waits for the same load.</summary>
    public SharedRead<T>? Root { get; private set; }

    private TaskCompletionSource Others => LazyInitializer.EnsureInitialized(
        ref _others, static () => new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Waits for the value as the caller that began the read.</summary>
    /// <param name="cancellationToken">Ends the wait of this caller; the read continues, unless it ends with its
    /// callers.</param>
    public Task<T?> TakeFirstAsync(CancellationToken cancellationToken)
    {
        var value = _first.Task.WaitAsync(cancellationToken);
        return Callers is { } callers && cancellationToken.CanBeCanceled
            ? LeavingAsync(value, callers, cancellationToken)
            : value;
    }

    /// <summary>Waits for the value as a caller that shares the read.</summary>
    /// <inheritdoc cref="TakeFirstAsync" path="/param" />
    /// <exception cref="LoadOverdueException">The load exceeds its time limit; the caller starts a new
    /// read.</exception>
    public Task<T?> TakeSharedAsync(CancellationToken cancellationToken)
    {
        var value = SharedAsync(cancellationToken);
        return Callers is { } callers && cancellationToken.CanBeCanceled
            ? LeavingAsync(value, callers, cancellationToken)
            : value;
    }

    /// <summary>Waits for the value, and returns whether there is one.</summary>
    /// <param name="isFirst">Whether the caller began the read.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    public async ValueTask<CacheResult<T>> TakeAsync(bool isFirst, CancellationToken cancellationToken)
    {
        var value = await (isFirst ? TakeFirstAsync(cancellationToken) : TakeSharedAsync(cancellationToken))
            .ConfigureAwait(false);
        return new(_result.Value.IsFound, value);
    }

    /// <inheritdoc />
    public override void End()
    {
        if (!_isLast || !TrySettle())
        {
            return;
        }

        if (Interlocked.Add(ref _otherCount, Ended) > Ended)
        {
            Others.TrySetResult();
        }

        _first.TrySetResult(_result.First);
    }

    /// <inheritdoc />
    protected override void OnFailed(Exception exception)
    {
        if (TrySettle())
        {
            FailOthers(exception);
            FailFirst(exception);
        }
    }

    /// <inheritdoc />
    protected override void OnOverdue(LoadOverdueException error, bool isFirstWaiting)
    {
        if (isFirstWaiting)
        {
            FailOthers(error);
        }
        else if (TrySettle())
        {
            FailOthers(error);
            FailFirst(new TimeoutException(error.Message));
        }
    }

    /// <summary>Completes all waiters with the value now, while the read has more to do.</summary>
    public void Complete(Decoded<T> decoded)
    {
        if (TrySettle())
        {
            _result = decoded;
            Others.TrySetResult();
            _ = Task.Run(() => _first.TrySetResult(decoded.First));
        }
    }

    /// <summary>Sets the value that all waiters get when the read ends, which it does right after this.</summary>
    protected void CompleteAtEnd(Decoded<T> decoded) => (_result, _isLast) = (decoded, true);

    /// <summary>Waits for the result of another read, after the owner has replied that this read would wait for the
    /// same load.</summary>
    /// <returns>False if the other read has no result for this one, and the owner must be called again.</returns>
    protected async Task<bool> TryFollowAsync(SharedRead<T> other)
    {
        var root = other.Root ?? other;
        if (root.Others.Task.IsFaulted || root.Callers?.TryJoin() is false)
        {
            return false;
        }

        Predecessor = Root = root;
        try
        {
            var first = await root.SharedAsync(Callers?.Gone ?? CancellationToken.None).ConfigureAwait(false);
            CompleteAtEnd(root._result with { First = first });
            return true;
        }
        catch (LoadOverdueException)
        {
            return false;
        }
        catch (OperationCanceledException) when (Callers is { Gone.IsCancellationRequested: true })
        {
            root.Callers?.Leave();
            throw;
        }
        finally
        {
            FailureReport = root.FailureReport;
            Predecessor = Root = null;
        }
    }

    /// <summary>Waits until another read has a result or an error for the callers that share it.</summary>
    protected async Task WaitForEndAsync(SharedRead<T> other)
    {
        if (Interlocked.Increment(ref other._otherCount) <= Ended)
        {
            await other.Others.Task.WaitAsync(Callers?.Gone ?? CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<T?> LeavingAsync(
        Task<T?> value, ReadCallers callers, CancellationToken cancellationToken)
    {
        try
        {
            return await value.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            callers.Leave();
            throw;
        }
    }

    private async Task<T?> SharedAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _otherCount) <= Ended)
        {
            try
            {
                await Others.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (LoadOverdueException)
            {
                Callers?.Leave();
                throw;
            }
        }

        return _result.Value.Read();
    }

    private bool TrySettle() => Interlocked.Exchange(ref _isSettled, 1) == 0;

    private void FailFirst(Exception exception) =>
        _ = Task.Run(() => _first.TrySetException(exception) ? _first.Task.Exception : null);

    private void FailOthers(Exception exception)
    {
        if (Others.TrySetException(exception))
        {
            _ = Others.Task.Exception; // marks it as observed, because perhaps no caller waits any longer
        }
    }
}
