using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Flights;

/// <summary>A read under way of a value of a known type.</summary>
internal abstract class Flight<T>(NearTicket ticket, NearTags tags, FlightCallers? callers = null)
    : Flight(ticket, tags, callers)
{
    // The first caller goes on in the flight's thread where that has nothing left to do: another thread would have to
    // wake up for it. The others do not wait for each other.
    private readonly TaskCompletionSource<Decoded<T>> _first = new();
    private readonly TaskCompletionSource<Decoded<T>> _others =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _waiters;
    private int _takers;
    private Decoded<T>? _last;

    /// <summary>Waits for the value.</summary>
    /// <param name="cancellationToken">Gives up waiting; the flight goes on, unless it is to end with its
    /// callers.</param>
    public async ValueTask<CacheResult<T>> TakeAsync(CancellationToken cancellationToken)
    {
        var landing = Interlocked.Increment(ref _waiters) == 1 ? _first : _others;
        Decoded<T> landed;
        try
        {
            landed = await landing.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Callers?.Leave();
            throw;
        }

        return new(
            landed.Value.IsFound,
            Interlocked.Increment(ref _takers) == 1 ? landed.First : landed.Value.Read());
    }

    /// <inheritdoc />
    public override void End()
    {
        if (_last is { } landed)
        {
            _others.TrySetResult(landed);
            _first.TrySetResult(landed);
        }
    }

    /// <inheritdoc />
    protected override void OnFailed(Exception exception)
    {
        if (_others.TrySetException(exception))
        {
            _ = _others.Task.Exception; // seen: perhaps nobody waits any more
            _ = Task.Run(() => _first.TrySetException(exception) ? _first.Task.Exception : null);
        }
    }

    /// <summary>Gives the value to all who wait; the flight has more to do.</summary>
    protected void Land(Decoded<T> landed)
    {
        if (_others.TrySetResult(landed))
        {
            _ = Task.Run(() => _first.TrySetResult(landed));
        }
    }

    /// <summary>Has the value given to all who wait when the flight has ended, which is at once.</summary>
    protected void LandLast(Decoded<T> landed) => _last = landed;
}
