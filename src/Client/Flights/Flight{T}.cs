using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Flights;

/// <summary>A read under way of a value of a known type.</summary>
internal abstract class Flight<T>(NearTicket ticket, NearTags tags, FlightCallers? callers = null)
    : Flight(ticket, tags, callers)
{
    // Who waits goes on elsewhere: the flight still has to hand the value over.
    private readonly TaskCompletionSource<Decoded<T>> _landing =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _takers;

    /// <summary>Waits for the value.</summary>
    /// <param name="cancellationToken">Gives up waiting; the flight goes on, unless it is to end with its
    /// callers.</param>
    public async ValueTask<CacheResult<T>> TakeAsync(CancellationToken cancellationToken)
    {
        Decoded<T> landed;
        try
        {
            landed = await _landing.Task.WaitAsync(cancellationToken);
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
    protected override void OnFailed(Exception exception)
    {
        if (_landing.TrySetException(exception))
        {
            _ = _landing.Task.Exception; // seen: perhaps nobody waits any more
        }
    }

    /// <summary>Gives the value to all who wait.</summary>
    protected void Land(Decoded<T> landed) => _landing.TrySetResult(landed);
}
