using System.Collections.Concurrent;

namespace CacheOrleans.Client.Near;

/// <summary>The tickets of the keys that have copies or are being read, by the keys' texts.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NearTickets
{
    private readonly ConcurrentDictionary<string, NearTicket> _tickets = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _tickets.Count;

    /// <summary>Finds or makes a key's ticket and holds it; the caller releases it.</summary>
    public NearTicket Hold(string key)
    {
        while (true)
        {
            var ticket = _tickets.GetOrAdd(key, static _ => new NearTicket());
            if (ticket.TryHold())
            {
                return ticket;
            }

            _tickets.TryRemove(KeyValuePair.Create(key, ticket));
        }
    }

    /// <summary>The stamp below which nothing of a key counts, as far as it has to be known.</summary>
    public long FloorOf(string key) => _tickets.TryGetValue(key, out var ticket) ? ticket.Floor : 0;

    /// <summary>The owner told that nothing of a key that is older than a stamp counts.</summary>
    public void Raise(string key, long floor)
    {
        // Without a ticket there is no copy, and whatever is asked from now on is answered after the change.
        if (_tickets.TryGetValue(key, out var ticket))
        {
            ticket.Raise(floor);
        }
    }

    /// <summary>Drops the tickets that nothing needs any more.</summary>
    public void Sweep(long now)
    {
        foreach (var (key, ticket) in _tickets)
        {
            if (ticket.TryRetire(now))
            {
                _tickets.TryRemove(KeyValuePair.Create(key, ticket));
            }
        }
    }
}
