using System.Collections.Concurrent;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Flights;

/// <summary>The reads under way in this process: one for each key, for callers that want the same.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="services">What reads of a client use.</param>
internal sealed class FlightTable(FlightServices services)
{
    /// <summary>How many fallbacks of others a caller waits for that take too long.</summary>
    private const int MaxOverdue = 3;

    private readonly ConcurrentDictionary<FlightKey, Flight> _flights = new();
    private volatile bool _isClosed;

    /// <summary>Reads a value through a flight that the caller begins or shares.</summary>
    /// <param name="key">What the caller wants.</param>
    /// <param name="terms">How it is read.</param>
    /// <param name="state">What <paramref name="make"/> is given.</param>
    /// <param name="make">Makes the flight, with the key's ticket.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<T?> ReadAsync<TState, T>(
        FlightKey key,
        ReadTerms terms,
        TState state,
        Func<TState, NearTicket, Flight<T>> make,
        CancellationToken cancellationToken)
    {
        var flight = Board(key, terms.IsTold, state, make, out var isFirst);
        return isFirst
            ? flight.TakeFirstAsync(cancellationToken)
            : ShareAsync(flight, key, terms, state, make, cancellationToken);
    }

    /// <summary>Finds a flight that the caller may share, or begins one in the caller's context.</summary>
    /// <param name="key">What the caller wants.</param>
    /// <param name="isTold">Whether the caller may have what this process was not told is outdated.</param>
    /// <param name="state">What <paramref name="make"/> is given.</param>
    /// <param name="make">Makes the flight, with the key's ticket.</param>
    /// <param name="isFirst">Whether the caller has begun it.</param>
    public Flight<T> Board<TState, T>(
        FlightKey key, bool isTold, TState state, Func<TState, NearTicket, Flight<T>> make, out bool isFirst)
    {
        while (true)
        {
            if (_flights.TryGetValue(key, out var known) && known.TryBoard(isTold))
            {
                isFirst = false;
                return (Flight<T>)known;
            }

            var ticket = services.Near.Tickets.Hold(key.Text);
            var flight = make(state, ticket);
            flight.Predecessor = known;
            if (known is null ? _flights.TryAdd(key, flight) : _flights.TryUpdate(key, flight, known))
            {
                Begin(key, flight);
                isFirst = true;
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
        foreach (var latest in _flights.Values)
        {
            for (var flight = latest; flight is not null; flight = flight.Predecessor)
            {
                flight.Fail(new ObjectDisposedException(client));
            }
        }
    }

    /// <summary>Waits for a flight that another caller has begun. If its fallback takes too long, this caller's is
    /// next, unless others come first: it waits for so many of them.</summary>
    private async Task<T?> ShareAsync<TState, T>(
        Flight<T> flight,
        FlightKey key,
        ReadTerms terms,
        TState state,
        Func<TState, NearTicket, Flight<T>> make,
        CancellationToken cancellationToken)
    {
        var isFirst = false;
        for (var overdue = 1; ; overdue++)
        {
            try
            {
                return await (isFirst
                    ? flight.TakeFirstAsync(cancellationToken)
                    : flight.TakeSharedAsync(cancellationToken)).ConfigureAwait(false);
            }
            catch (LoadOverdueException) when (overdue == MaxOverdue)
            {
                throw new TimeoutException(
                    $"'{key.Text}' was not read: {MaxOverdue} fallbacks of other callers took longer than they may.");
            }
            catch (LoadOverdueException)
            {
                flight = Board(key, terms.IsTold, state, make, out isFirst);
            }
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
            flight.Fail(services.Stopping.IsCancellationRequested
                ? new ObjectDisposedException(nameof(ICacheClient))
                : exception);
        }

        await flight.FailureReport.ConfigureAwait(false);
        _flights.TryRemove(KeyValuePair.Create(key, flight));
        flight.Predecessor = null;
        flight.Ticket.Release();
        flight.End(); // last: a caller may go on from here
    }
}
