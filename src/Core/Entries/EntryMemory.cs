using CacheOrleans.Definitions;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Entries;

/// <summary>What the owner of one entry holds, and the order of what happens to it.</summary>
/// <remarks>
/// <para>Every set, remove and kept load gets a stamp above all stamps seen, so nothing older comes back: a record
/// of the store below the last stamp does not count, and the result of a load that began before a set or a remove is
/// not kept.</para>
/// <para>What is invalidated by its tags does not count, and a new stamp is above the floors of its entry's tags.
/// </para>
/// <para>Its owner serialises access.</para>
/// </remarks>
public sealed class EntryMemory(CacheDefinition definition, TimeProvider time, TagFloors floors)
{
    /// <summary>The longest time that a tombstone stands, for entries may live for years.</summary>
    private static readonly TimeSpan MaxTombstoneLife = TimeSpan.FromDays(1);

    private MemoryEntry? _held;
    private DateTimeOffset _storedUntil;

    /// <summary>How many sets, removes and rejections there have been.</summary>
    public long Generation { get; private set; }

    /// <summary>The last stamp given or seen.</summary>
    public Stamp LastStamp { get; private set; }

    /// <summary>What is held and still counts, or null.</summary>
    public MemoryEntry? Fresh => FreshAt(time.GetUtcNow());

    /// <summary>What is held and counts at a time, or null.</summary>
    public MemoryEntry? FreshAt(DateTimeOffset now) =>
        _held is { } held && now < held.ExpiresAt && !floors.IsInvalidated(held.Tags, held.Stamp) ? held : null;

    /// <summary>A load begins.</summary>
    public LoadStart BeginLoad() => new(Generation, LastStamp, time.GetUtcNow(), floors.Changes);

    /// <summary>Whether nothing has come since a load began that makes its result stale, whatever its tags.</summary>
    public bool IsCurrent(LoadStart start) =>
        start.Generation == Generation && !IsOutdated(start, null);

    /// <summary>Whether one of its tags was invalidated since a load began.</summary>
    public bool IsOutdated(LoadStart start, string[]? tags) => FloorSince(start, tags) is null;

    /// <summary>Whether what is held is newer than a load that began then.</summary>
    public bool HoldsNewer(LoadStart start) =>
        Fresh is { } held && held.Stamp > Stamp.Next(start.StartedAt, start.Stamp);

    /// <summary>The store has something with this stamp, whatever that is.</summary>
    public void See(Stamp stored) => LastStamp = Stamp.Max(LastStamp, stored);

    /// <summary>The store answered a load with a record. Returns the entry to answer with, or null when it is a miss:
    /// a tombstone, expired, invalidated by its tags, older than what this owner has seen, or a value of another
    /// definition, whose template makes the same text of another key.</summary>
    public MemoryEntry? Accept(LoadStart start, StoreRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var isOlder = record.Stamp < LastStamp;
        See(record.Stamp);
        if (isOlder
            || record.IsTombstone
            || !IsOurs(record)
            || record.ExpiresAt <= time.GetUtcNow()
            || floors.IsInvalidated(record.Tags, record.Stamp))
        {
            return null;
        }

        var entry = new MemoryEntry(
            record.Value, record.Stamp, record.CreatedAt, record.ExpiresAt, record.Tags, record.Sliding);
        if (IsCurrent(start))
        {
            (_held, _storedUntil) = (entry, record.ExpiresAt);
        }

        return entry;
    }

    /// <summary>The fallback answered a load. Returns the record to write to the store, or null when there is none: the
    /// result is not kept, for something came in between, or nothing was found, which only memory keeps.</summary>
    /// <param name="start">The load's.</param>
    /// <param name="result">What it found.</param>
    /// <param name="life">How long that counts; null: as long as the cache's definition says.</param>
    public StoreRecord? Keep(LoadStart start, LoadResult result, TimeSpan? life = null)
    {
        if (!IsCurrent(start))
        {
            return null;
        }

        if (FloorSince(start, result.Tags) is not { } floor)
        {
            _held = null;
            return null;
        }

        LastStamp = Stamp.Next(start.StartedAt, Stamp.Max(LastStamp, floor));
        if (result.Value is { } value)
        {
            return Hold(value, life ?? definition.TimeToLive, result.Tags, slide: null);
        }

        var now = Now();
        Hold(new MemoryEntry(null, LastStamp, now, now + (life ?? definition.NotFoundTimeToLive), result.Tags));
        return null;
    }

    /// <summary>A caller sets the value. Returns the record to write to the store.</summary>
    /// <param name="value">The value.</param>
    /// <param name="life">How long it lives, at the most if it slides; null: as long as the cache's definition says.
    /// </param>
    /// <param name="tags">Its tags; null: none.</param>
    /// <param name="slide">How long it lives after each read; null: reads do not prolong its life.</param>
    public StoreRecord Set(byte[] value, TimeSpan? life, string[]? tags = null, TimeSpan? slide = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        Generation++;
        LastStamp = Stamp.Next(time.GetUtcNow(), Stamp.Max(LastStamp, floors.FloorOf(tags)));
        return Hold(value, life ?? definition.TimeToLive, tags, slide);
    }

    /// <summary>A caller reads what is held, which prolongs its life if it slides. Returns the record to write to the
    /// store, which is due once a quarter of the slide has passed since the last; null when none is.</summary>
    /// <remarks>That record's stamp is one above the last and not the time: it is the same value, as old as it was, and
    /// must not stand above what another owner has done or a tag that was invalidated meanwhile.</remarks>
    public StoreRecord? Touch()
    {
        if (Fresh is not { Sliding: { } sliding } held)
        {
            return null;
        }

        var expiresAt = sliding.ExpiresAt(Now());
        if (expiresAt - _storedUntil < sliding.Slide / 4)
        {
            _held = expiresAt > held.ExpiresAt ? held with { ExpiresAt = expiresAt } : held;
            return null;
        }

        return Prolong(held, expiresAt);
    }

    /// <summary>The owner leaves. Returns the record to write when reads have prolonged the life of what is held since
    /// the last was due; else null.</summary>
    public StoreRecord? Leave() =>
        Fresh is { Sliding: not null } held && held.ExpiresAt > _storedUntil ? Prolong(held, held.ExpiresAt) : null;

    /// <summary>A caller removes the value. Returns the tombstone to write, which stands as long as a late write of the
    /// entry could come.</summary>
    /// <param name="life">The longest life that the cache's entries are given; null: as its definition says.</param>
    public StoreRecord Remove(TimeSpan? life = null)
    {
        var (now, end) = (Now(), RemoveUntil(life));
        Generation++;
        _held = null;
        LastStamp = Stamp.Next(time.GetUtcNow(), LastStamp);
        return new StoreRecord(null, LastStamp, now, end);
    }

    /// <summary>Until when a remove made now stands.</summary>
    /// <inheritdoc cref="Remove" path="/param"/>
    public DateTimeOffset RemoveUntil(TimeSpan? life = null)
    {
        var now = Now();
        var end = now + (life ?? definition.TimeToLive);
        if (_held is { Value: not null } held && held.ExpiresAt > end)
        {
            end = held.ExpiresAt;
        }

        return end - now > MaxTombstoneLife ? now + MaxTombstoneLife : end;
    }

    /// <summary>A former owner's last record, which the store may not have. Returns whether it is held now: nothing
    /// later is known here.</summary>
    public bool Inherit(StoreRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Stamp <= LastStamp)
        {
            return false;
        }

        Generation++;
        See(record.Stamp);
        _held = null;
        if (record.Value is { } value && IsOurs(record))
        {
            Hold(new MemoryEntry(
                value, record.Stamp, record.CreatedAt, record.ExpiresAt, record.Tags, record.Sliding));
        }

        return true;
    }

    /// <summary>The store refused a write for something later: what is held and not above that is not to be trusted.
    /// </summary>
    public void Reject(Stamp stored)
    {
        See(stored);
        if (_held is null || _held.Stamp <= stored)
        {
            Generation++;
            _held = null;
        }
    }

    private Stamp? FloorSince(LoadStart start, string[]? tags) =>
        floors.FloorSince(tags, start.TagChanges, start.StartedAt);

    /// <summary>Whether a record was made under the cache's definition, as far as it is known.</summary>
    private bool IsOurs(StoreRecord record) =>
        record.Definition == 0 || record.Definition == definition.Fingerprint;

    private StoreRecord Hold(byte[] value, TimeSpan life, string[]? tags, TimeSpan? slide)
    {
        var now = Now();
        var end = now + life;
        SlidingLife? sliding = slide is { } given
            ? new SlidingLife(TimeSpan.FromMilliseconds(Math.Ceiling(given.TotalMilliseconds)), end)
            : null;
        return Hold(new MemoryEntry(value, LastStamp, now, sliding?.ExpiresAt(now) ?? end, tags, sliding));
    }

    private StoreRecord Hold(MemoryEntry entry)
    {
        floors.Meet(entry.Tags);
        (_held, _storedUntil) = (entry, entry.ExpiresAt);
        return new StoreRecord(
            entry.Value,
            entry.Stamp,
            entry.CreatedAt,
            entry.ExpiresAt,
            entry.Tags,
            entry.Sliding,
            definition.Fingerprint);
    }

    /// <summary>The time in whole milliseconds, as records keep it.</summary>
    private DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private StoreRecord Prolong(MemoryEntry held, DateTimeOffset expiresAt)
    {
        var stamp = new Stamp(held.Stamp.Value + 1);
        See(stamp);
        return Hold(held with { Stamp = stamp, ExpiresAt = expiresAt });
    }
}
