using System.Collections.Concurrent;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Flights;

/// <summary>The reads under way in this process: one for each key, for callers that want the same.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="tickets">The tickets of keys.</param>
/// <param name="stopping">Fires when the client is disposed.</param>
internal sealed class FlightTable(NearTickets tickets, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<FlightKey, Flight> _flights = new();
    private volatile bool _isClosed;

    /// <summary>Finds a flight that the caller may share, or begins one in the caller's context.</summary>
    /// <param name="key">What the caller wants.</param>
    /// <param name="state">What <paramref name="make"/> is given.</param>
    /// <param name="make">Makes the flight, with the key's ticket.</param>
    public Flight<T> Board<TState, T>(
        FlightKey key, TState state, Func<TState, NearTicket, Flight<T>> make)
    {
        while (true)
        {
            if (_flights.TryGetValue(key, out var known) && known.TryBoard())
            {
                return (Flight<T>)known;
            }

            var ticket = tickets.Hold(key.Text);
            var flight = make(state, ticket);
            if (known is null ? _flights.TryAdd(key, flight) : _flights.TryUpdate(key, flight, known))
            {
                Begin(key, flight);
                return flight;
            }

            ticket.Release();
        }
    }

    /// <summary>Whether what is begun here goes on in the thread pool.</summary>
    private static bool IsFree =>
        SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;

    /// <summary>Does work that others wait for: in the caller's context, and never on its scheduler.</summary>
    public static Task<T> RunAsync<T>(Func<Task<T>> work) => IsFree ? work() : Task.Run(work);

    /// <summary>Ends all flights, and those that begin later, for who waits for them.</summary>
    public void Close(string client)
    {
        _isClosed = true;
        foreach (var flight in _flights.Values)
        {
            flight.Fail(new ObjectDisposedException(client));
        }
    }

    private void Begin(FlightKey key, Flight flight)
    {
        if (_isClosed)
        {
            flight.Fail(new ObjectDisposedException(nameof(ICacheClient)));
        }

        // A caller's scheduler, such as a grain's or a window's, is not to be needed for the others' value.
        if (IsFree)
        {
            _ = RunAsync(key, flight);
        }
        else
        {
            _ = Task.Run(() => RunAsync(key, flight));
        }
    }

    private async Task RunAsync(FlightKey key, Flight flight)
    {
        try
        {
            await flight.RunAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it is for those who wait.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            flight.Fail(stopping.IsCancellationRequested
                ? new ObjectDisposedException(nameof(ICacheClient))
                : exception);
        }

        _flights.TryRemove(KeyValuePair.Create(key, flight));
        flight.Ticket.Release();
        flight.End(); // last: a caller may go on from here
    }
}
