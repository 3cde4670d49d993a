using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>A read under way of a value of a known type.</summary>
internal abstract class SharedRead<T>(KeyVersion keyVersion, NearTags tags, bool isTold = true, ReadCallers? callers = null)
    : SharedRead(keyVersion, tags, isTold, callers)
{
    /// <summary>Added to the number of other callers when the read has ended with a value.</summary>
    private const int Ended = int.MaxValue / 2;

    // The first caller goes on in the read's thread where that has nothing left to do: another thread would have to
    // wake up for it. The others do not wait for each other; most reads have none.
    private readonly TaskCompletionSource<T?> _first = new();
    private TaskCompletionSource? _others;
    private int _otherCount;
    private int _isSettled;
    private Decoded<T> _landed;
    private bool _isLast;

    /// <summary>The read that brings the value: another one where this one waits for the same load.</summary>
    public SharedRead<T>? Root { get; private set; }

    private TaskCompletionSource Others => LazyInitializer.EnsureInitialized(
        ref _others, static () => new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Waits for the value as the caller that began the read.</summary>
    /// <param name="cancellationToken">Gives up waiting; the read goes on, unless it is to end with its
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
    /// <exception cref="LoadOverdueException">The load takes too long; the caller begins anew.</exception>
    public Task<T?> TakeSharedAsync(CancellationToken cancellationToken)
    {
        var value = SharedAsync(cancellationToken);
        return Callers is { } callers && cancellationToken.CanBeCanceled
            ? LeavingAsync(value, callers, cancellationToken)
            : value;
    }

    /// <summary>Waits for the value, and for whether there is one.</summary>
    /// <param name="isFirst">Whether the caller began the read.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<CacheResult<T>> TakeAsync(bool isFirst, CancellationToken cancellationToken)
    {
        var value = await (isFirst ? TakeFirstAsync(cancellationToken) : TakeSharedAsync(cancellationToken))
            .ConfigureAwait(false);
        return new(_landed.Value.IsFound, value);
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

        _first.TrySetResult(_landed.First);
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

    /// <summary>Gives the value to all who wait; the read has more to do.</summary>
    public void Complete(Decoded<T> landed)
    {
        if (TrySettle())
        {
            _landed = landed;
            Others.TrySetResult();
            _ = Task.Run(() => _first.TrySetResult(landed.First));
        }
    }

    /// <summary>Has the value given to all who wait when the read has ended, which is at once.</summary>
    protected void Complete(Decoded<T> landed) => (_landed, _isLast) = (landed, true);

    /// <summary>Waits for what another read brings: the owner has said that this one would wait for the
    /// same.</summary>
    /// <returns>False when that comes to nothing, and the owner has to be asked again.</returns>
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
            Complete(root._landed with { First = first });
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

    /// <summary>Waits until another read has something for those who share it, whatever it is.</summary>
    protected async Task EndsAsync(SharedRead<T> other)
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

        return _landed.Value.Read();
    }

    private bool TrySettle() => Interlocked.Exchange(ref _isSettled, 1) == 0;

    private void FailFirst(Exception exception) =>
        _ = Task.Run(() => _first.TrySetException(exception) ? _first.Task.Exception : null);

    private void FailOthers(Exception exception)
    {
        if (Others.TrySetException(exception))
        {
            _ = Others.Task.Exception; // seen: perhaps nobody waits any more
        }
    }
}
