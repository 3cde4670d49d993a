using CacheOrleans.Definitions;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Entries;

/// <summary>Holds the value that an entry's owner has in memory, and orders the operations on the entry.</summary>
/// <remarks>
/// <para>Every set, remove and kept load gets a stamp above all stamps seen, so that nothing older comes back: a stored
/// record below the last stamp is not valid, and the result of a load that began before a set or a remove is not kept.
/// </para>
/// <para>An entry that was invalidated by one of its tags is not valid, and a new stamp is above the floors of its
/// entry's tags.</para>
/// <para>Its owner serializes access.</para>
/// </remarks>
public sealed class EntryMemory(CacheDefinition definition, TimeProvider time, TagFloors floors)
{
    /// <summary>The longest life of a tombstone; a limit is needed because entries may live for years.</summary>
    private static readonly TimeSpan MaxTombstoneLife = TimeSpan.FromDays(1);

    private StoreRecord? _held;
    private DateTimeOffset _storedUntil;
    private RecentEnds? _ends;

    /// <summary>The number of sets, removes and rejections so far.</summary>
    public long Generation { get; private set; }

    /// <summary>The highest stamp that was assigned or seen.</summary>
    public Stamp LastStamp { get; private set; }

    /// <summary>The entry in memory if it is still valid, or null.</summary>
    public StoreRecord? Fresh => FreshAt(time.GetUtcNow());

    /// <summary>Returns the entry in memory if it is valid at a given time, or null.</summary>
    public StoreRecord? FreshAt(DateTimeOffset now) =>
        _held is { } held && now < held.ExpiresAt && !floors.IsInvalidated(held.Tags, held.Stamp) ? held : null;

    /// <summary>Returns the state of the entry at the start of a load.</summary>
    public LoadStart BeginLoad() => new(Generation, LastStamp, time.GetUtcNow(), floors.Changes);

    /// <summary>Whether nothing that makes a load's result stale, whatever its tags, has happened since it began.
    /// </summary>
    public bool IsCurrent(LoadStart start) =>
        start.Generation == Generation && !IsOutdated(start, null);

    /// <summary>Whether one of the given tags was invalidated since a load began.</summary>
    public bool IsOutdated(LoadStart start, string[]? tags) => FloorSince(start, tags) is null;

    /// <summary>Returns whether the value with a stamp is current, or when a change ended it.</summary>
    public StampCheck Check(Stamp stamp) =>
        _ends?.Find(stamp) ?? (_held?.Stamp == stamp ? EndByTags ?? new(StampState.Current) : default);

    /// <summary>Whether the entry in memory is newer than the result of a load with this start.</summary>
    public bool IsNewerThan(LoadStart start) =>
        Fresh is { } held && held.Stamp > Stamp.Next(start.StartedAt, start.Stamp);

    /// <summary>Records that the store has a record with this stamp, whatever the record is.</summary>
    public void Observe(Stamp stored) => LastStamp = Stamp.Max(LastStamp, stored);

    /// <summary>Called when the store answered a load with a record. Returns whether the record is valid; it is a miss
    /// if it is a tombstone, expired, invalidated by its tags, older than what this owner has seen, or a value of
    /// another definition, whose template results in the same text for another key.</summary>
    public bool TryAccept(LoadStart start, StoreRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var isOlder = record.Stamp < LastStamp;
        Observe(record.Stamp);
        if (isOlder
            || record.IsTombstone
            || !IsOurs(record)
            || record.ExpiresAt <= time.GetUtcNow()
            || floors.IsInvalidated(record.Tags, record.Stamp))
        {
            return false;
        }

        if (IsCurrent(start))
        {
            (_held, _storedUntil) = (record, record.ExpiresAt);
        }

        return true;
    }

    /// <summary>Called when the fallback answered a load. Returns the record to write to the store, or null if there is
    /// none: the result is not kept because another operation came in between, or the fallback found nothing, which
    /// only memory keeps.</summary>
    /// <param name="start">The state of the entry when the load began.</param>
    /// <param name="result">The result of the load.</param>
    /// <param name="life">How long the result is valid; null for the time to live of the cache's definition.</param>
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
        if (_held is not null && Now() < _held.ExpiresAt)
        {
            OnEnding(LastStamp);
        }

        if (result.Value is { } value)
        {
            return Hold(value, life ?? definition.TimeToLive, result.Tags);
        }

        Hold(null, life ?? definition.NotFoundTimeToLive, result.Tags);
        return null;
    }

    /// <summary>Sets the value for a caller. Returns the record to write to the store.</summary>
    /// <param name="value">The value.</param>
    /// <param name="life">The value's time to live, which with a sliding expiration is the longest; null for the time
    /// to live of the cache's definition.</param>
    /// <param name="tags">The value's tags; null if it has none.</param>
    /// <param name="slide">How long the value lives after each read; null if reads do not extend its life.</param>
    public StoreRecord Set(byte[] value, TimeSpan? life, string[]? tags = null, TimeSpan? slide = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        Generation++;
        LastStamp = Stamp.Next(time.GetUtcNow(), Stamp.Max(LastStamp, floors.FloorOf(tags)));
        OnEnding(LastStamp);
        return Hold(value, life ?? definition.TimeToLive, tags, slide);
    }

    /// <summary>Called when a caller reads the entry in memory, which extends its life if its expiration is sliding.
    /// Returns the record to write to the store, which is due once a quarter of the slide has passed since the last
    /// one; null if none is due.</summary>
    /// <remarks>The record's stamp is one above the last stamp instead of the current time: it is the same value, as
    /// old as before, and must not rank above another owner's operation or a tag's invalidation in the
    /// meantime.</remarks>
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

        return Extend(held, expiresAt);
    }

    /// <summary>Called when the owner deactivates. Returns the record to write if reads have extended the entry's life
    /// since the last record; otherwise null.</summary>
    public StoreRecord? FinalWrite() =>
        Fresh is { Sliding: not null } held && held.ExpiresAt > _storedUntil ? Extend(held, held.ExpiresAt) : null;

    /// <summary>Removes the value for a caller. Returns the tombstone to write, which lives as long as a late write of
    /// the entry could arrive.</summary>
    /// <param name="life">The longest time to live that the cache's entries get; null for the time to live of the
    /// cache's definition.</param>
    public StoreRecord Remove(TimeSpan? life = null)
    {
        var (now, end) = (Now(), RemoveUntil(life));
        Generation++;
        LastStamp = Stamp.Next(time.GetUtcNow(), LastStamp);
        OnEnding(LastStamp);
        _held = null;
        return new StoreRecord(null, LastStamp, now, end);
    }

    /// <summary>Returns when the tombstone of a remove made now expires.</summary>
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

    /// <summary>Takes over a former owner's last record, which the store may not have. Returns whether the record is in
    /// effect now, because this owner knows of nothing later.</summary>
    public bool TakeOver(StoreRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Stamp <= LastStamp)
        {
            return false;
        }

        Generation++;
        Observe(record.Stamp);
        OnEnding(record.Stamp, isOwn: false);
        _held = null;
        if (!record.IsTombstone && IsOurs(record))
        {
            Hold(record);
        }

        return true;
    }

    /// <summary>Called when the store refused a write because it has a later record: an entry in memory that is not
    /// above that record's stamp is dropped, because it is stale.</summary>
    public void Reject(Stamp stored)
    {
        Observe(stored);
        if (_held is null || _held.Stamp <= stored)
        {
            Generation++;
            OnEnding(stored, isOwn: false);
            _held = null;
        }
    }

    /// <summary>When the entry in memory was invalidated by its tags; null if it was not.</summary>
    private StampCheck? EndByTags => _held is { } held ? floors.EndOf(held.Tags, held.Stamp) : null;

    /// <summary>Called before the entry in memory is replaced or dropped.</summary>
    /// <param name="stamp">The stamp below which no value is valid.</param>
    /// <param name="isOwn">Whether this owner makes the change; otherwise it was made before.</param>
    private void OnEnding(Stamp stamp, bool isOwn = true)
    {
        var byTags = EndByTags;
        (_ends ??= new(time)).Add(
            stamp, isOwn && byTags is null ? _held?.Stamp ?? Stamp.None : Stamp.None, byTags?.EndedAgo ?? default);
    }

    private Stamp? FloorSince(LoadStart start, string[]? tags) =>
        floors.FloorSince(tags, start.TagChanges, start.StartedAt);

    /// <summary>Whether a record was made under the cache's definition, or under an unknown one.</summary>
    private bool IsOurs(StoreRecord record) =>
        record.Definition == 0 || record.Definition == definition.Fingerprint;

    private StoreRecord Hold(byte[]? value, TimeSpan life, string[]? tags, TimeSpan? slide = null)
    {
        var now = Now();
        var end = now + life;
        SlidingLife? sliding = slide is { } given
            ? new SlidingLife(TimeSpan.FromMilliseconds(Math.Ceiling(given.TotalMilliseconds)), end)
            : null;
        return Hold(new StoreRecord(
            value, LastStamp, now, sliding?.ExpiresAt(now) ?? end, tags, sliding, definition.Fingerprint));
    }

    private StoreRecord Hold(StoreRecord record)
    {
        floors.Meet(record.Tags);
        (_held, _storedUntil) = (record, record.ExpiresAt);
        return record;
    }

    /// <summary>The time in whole milliseconds, as records keep it.</summary>
    private DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private StoreRecord Extend(StoreRecord held, DateTimeOffset expiresAt)
    {
        var stamp = new Stamp(held.Stamp.Value + 1);
        Observe(stamp);
        return Hold(held with { Stamp = stamp, ExpiresAt = expiresAt, Definition = definition.Fingerprint });
    }
}
