using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Flights;

/// <summary>A read under way of a value of a known type.</summary>
internal abstract class Flight<T>(NearTicket ticket, NearTags tags, FlightCallers? callers = null)
    : Flight(ticket, tags, callers)
{
    /// <summary>Added to the number of callers when the flight has ended with a value.</summary>
    private const int Ended = int.MaxValue / 2;

    // The first caller goes on in the flight's thread where that has nothing left to do: another thread would have to
    // wake up for it. The others do not wait for each other; most flights have none.
    private readonly TaskCompletionSource<T?> _first = new();
    private TaskCompletionSource? _others;
    private int _callers;
    private Decoded<T> _landed;
    private bool _isLast;

    private TaskCompletionSource Others => LazyInitializer.EnsureInitialized(
        ref _others, static () => new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Waits for the value.</summary>
    /// <param name="cancellationToken">Gives up waiting; the flight goes on, unless it is to end with its
    /// callers.</param>
    public ValueTask<T?> TakeValueAsync(CancellationToken cancellationToken)
    {
        var value = Interlocked.Increment(ref _callers) switch
        {
            1 or Ended + 1 => _first.Task.WaitAsync(cancellationToken),
            > Ended => Task.FromResult(_landed.Value.Read()),
            _ => OtherAsync(cancellationToken),
        };
        return new(Callers is { } callers && cancellationToken.CanBeCanceled
            ? LeavingAsync(value, callers, cancellationToken)
            : value);
    }

    /// <summary>Waits for the value, and for whether there is one.</summary>
    /// <inheritdoc cref="TakeValueAsync" path="/param" />
    public async ValueTask<CacheResult<T>> TakeAsync(CancellationToken cancellationToken)
    {
        var value = await TakeValueAsync(cancellationToken).ConfigureAwait(false);
        return new(_landed.Value.IsFound, value);
    }

    /// <inheritdoc />
    public override void End()
    {
        if (!_isLast)
        {
            return;
        }

        if (Interlocked.Add(ref _callers, Ended) > Ended + 1)
        {
            Others.TrySetResult();
        }

        _first.TrySetResult(_landed.First);
    }

    /// <inheritdoc />
    protected override void OnFailed(Exception exception)
    {
        if (Others.TrySetException(exception))
        {
            _ = Others.Task.Exception; // seen: perhaps nobody waits any more
            _ = Task.Run(() => _first.TrySetException(exception) ? _first.Task.Exception : null);
        }
    }

    /// <summary>Gives the value to all who wait; the flight has more to do.</summary>
    protected void Land(Decoded<T> landed)
    {
        _landed = landed;
        if (Others.TrySetResult())
        {
            _ = Task.Run(() => _first.TrySetResult(landed.First));
        }
    }

    /// <summary>Has the value given to all who wait when the flight has ended, which is at once.</summary>
    protected void LandLast(Decoded<T> landed) => (_landed, _isLast) = (landed, true);

    private static async Task<T?> LeavingAsync(
        Task<T?> value, FlightCallers callers, CancellationToken cancellationToken)
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

    private async Task<T?> OtherAsync(CancellationToken cancellationToken)
    {
        await Others.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _landed.Value.Read();
    }
}
