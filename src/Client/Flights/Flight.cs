using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Flights;

/// <summary>A read of one key that is under way in this process, and that who asks meanwhile shares.</summary>
internal abstract class Flight
{
    private readonly long _changes;
    private readonly long _epoch;
    private readonly NearTags _tags;

    protected Flight(NearTicket ticket, NearTags tags)
    {
        Ticket = ticket;
        _tags = tags;
        _changes = ticket.Changes;
        _epoch = tags.Epoch;
    }

    /// <summary>Whether nothing was changed since it began, so that a caller of now may have what it brings.</summary>
    public bool IsCurrent => _changes == Ticket.Changes && _epoch == _tags.Epoch;

    /// <summary>The key's ticket, held until the flight ends.</summary>
    public NearTicket Ticket { get; }

    /// <summary>Does the work, and ends when nothing more is to be done; never throws.</summary>
    public abstract Task RunAsync();

    /// <summary>Ends it for all who wait.</summary>
    public abstract void Fail(Exception exception);
}
