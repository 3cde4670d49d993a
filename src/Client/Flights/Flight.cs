using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Flights;

/// <summary>A read of one key that is under way in this process, and that who asks meanwhile shares.</summary>
internal abstract class Flight
{
    private readonly long _changes;
    private readonly long _epoch;
    private readonly NearTags _tags;
    private volatile bool _hasFailed;

    /// <param name="ticket">The key's ticket.</param>
    /// <param name="tags">What is known of tags.</param>
    /// <param name="callers">Counts its callers; null: it goes on when they have given up.</param>
    protected Flight(NearTicket ticket, NearTags tags, FlightCallers? callers)
    {
        Ticket = ticket;
        Callers = callers;
        _tags = tags;
        _changes = ticket.Changes;
        _epoch = tags.Epoch;
    }

    /// <summary>Whether nothing was changed since it began, so that a caller of now may have what it brings.</summary>
    public bool IsCurrent => _changes == Ticket.Changes && _epoch == _tags.Epoch;

    /// <summary>The key's ticket, held until the flight ends.</summary>
    public NearTicket Ticket { get; }

    /// <summary>Counts its callers; null: it goes on when they have given up.</summary>
    protected FlightCallers? Callers { get; }

    /// <summary>Takes a caller in, if what it brings is good for the caller too.</summary>
    public bool TryBoard() => IsCurrent && !_hasFailed && Callers?.TryJoin() is not false;

    /// <summary>Does the work, and ends when nothing more is to be done; what it throws is for all who wait.</summary>
    public abstract Task RunAsync();

    /// <summary>Gives what it brought to who still waits for it: nothing is left to do.</summary>
    public abstract void End();

    /// <summary>Ends it for all who wait.</summary>
    public void Fail(Exception exception)
    {
        _hasFailed = true;
        OnFailed(exception);
    }

    /// <summary>Gives an error to all who wait.</summary>
    protected abstract void OnFailed(Exception exception);
}
