using CacheOrleans.Definitions;
using CacheOrleans.Loading;
using CacheOrleans.Storage;

namespace CacheOrleans.Entries;

/// <summary>What the owner of one entry holds, and the order of what happens to it.</summary>
/// <remarks>
/// <para>Every set, remove and kept load gets a stamp above all stamps seen, so nothing older comes back: a record
/// of the store below the last stamp does not count, and the result of a load that began before a set or a remove is
/// not kept.</para>
/// <para>Its owner serialises access.</para>
/// </remarks>
public sealed class EntryMemory(CacheDefinition definition, TimeProvider time)
{
    private long _generation;
    private HeldEntry? _held;

    /// <summary>The last stamp given or seen.</summary>
    public Stamp LastStamp { get; private set; }

    /// <summary>What is held and still counts, or null.</summary>
    public HeldEntry? Fresh
    {
        get
        {
            var held = _held;
            return held is not null && time.GetUtcNow() < held.ExpiresAt ? held : null;
        }
    }

    /// <summary>How long ago something was made; never negative, whatever the clocks say.</summary>
    public TimeSpan Age(DateTimeOffset createdAt)
    {
        var age = time.GetUtcNow() - createdAt;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    /// <summary>How long something still counts; never negative.</summary>
    public TimeSpan TimeLeft(DateTimeOffset expiresAt)
    {
        var left = expiresAt - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A load begins.</summary>
    public LoadTicket BeginLoad() => new(_generation, LastStamp, time.GetUtcNow());

    /// <summary>Whether nothing has come since a load began that makes its result stale.</summary>
    public bool IsCurrent(LoadTicket ticket) => ticket.Generation == _generation;

    /// <summary>The store answered a load with a record. Returns the entry to answer with, or null when it is a miss:
    /// a tombstone, expired, or older than what this owner has seen.</summary>
    public HeldEntry? Accept(LoadTicket ticket, StoreRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var isOlder = record.Stamp < LastStamp;
        LastStamp = Stamp.Max(LastStamp, record.Stamp);
        if (isOlder || record.IsTombstone || record.ExpiresAt <= time.GetUtcNow())
        {
            return null;
        }

        var entry = new HeldEntry(record.Value, record.Stamp, record.CreatedAt, record.ExpiresAt);
        if (IsCurrent(ticket))
        {
            _held = entry;
        }

        return entry;
    }

    /// <summary>The fallback answered a load. Returns the record to write to the store, or null when there is none: the
    /// result is not kept, for something came in between, or nothing was found, which only memory keeps.</summary>
    /// <param name="ticket">The load's.</param>
    /// <param name="result">What it found.</param>
    /// <param name="life">How long that counts; null: as long as the cache's definition says.</param>
    public StoreRecord? Keep(LoadTicket ticket, LoadResult result, TimeSpan? life = null)
    {
        if (!IsCurrent(ticket))
        {
            return null;
        }

        LastStamp = Stamp.Next(ticket.StartedAt, LastStamp);
        if (result.Value is { } value)
        {
            return Hold(value, life ?? definition.TimeToLive);
        }

        var now = Now();
        _held = new HeldEntry(null, LastStamp, now, now + (life ?? definition.NotFoundTimeToLive));
        return null;
    }

    /// <summary>A caller sets the value. Returns the record to write to the store.</summary>
    public StoreRecord Set(byte[] value, TimeSpan? timeToLive)
    {
        ArgumentNullException.ThrowIfNull(value);
        _generation++;
        LastStamp = Stamp.Next(Now(), LastStamp);
        return Hold(value, timeToLive ?? definition.TimeToLive);
    }

    /// <summary>A caller removes the value. Returns the tombstone to write, which lives as long as the entry could.
    /// </summary>
    /// <param name="life">The longest life that the cache's entries are given; null: as its definition says.</param>
    public StoreRecord Remove(TimeSpan? life = null)
    {
        var now = Now();
        var end = now + (life ?? definition.TimeToLive);
        if (_held is { Value: not null } held && held.ExpiresAt > end)
        {
            end = held.ExpiresAt;
        }

        _generation++;
        _held = null;
        LastStamp = Stamp.Next(now, LastStamp);
        return new StoreRecord(null, LastStamp, now, end);
    }

    /// <summary>The store refused a write for something later: what is held and not above that is not to be trusted.
    /// </summary>
    public void Reject(Stamp stored)
    {
        LastStamp = Stamp.Max(LastStamp, stored);
        if (_held is null || _held.Stamp <= stored)
        {
            _generation++;
            _held = null;
        }
    }

    private StoreRecord Hold(byte[] value, TimeSpan timeToLive)
    {
        var now = Now();
        _held = new HeldEntry(value, LastStamp, now, now + timeToLive);
        return new StoreRecord(value, LastStamp, _held.CreatedAt, _held.ExpiresAt);
    }

    /// <summary>The time in whole milliseconds, as records keep it.</summary>
    private DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
