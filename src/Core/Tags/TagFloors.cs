using System.Collections.Concurrent;
using CacheOrleans.Entries;
using CacheOrleans.Storage;

namespace CacheOrleans.Tags;

/// <summary>Holds the floor of each tag known to the process: entries with a tag are valid only if their stamps are
/// above its floor.</summary>
/// <remarks>
/// <para>Floors only rise. <see cref="CacheTags.Everything"/> has a floor too, which applies to every entry.</para>
/// <para>The table is bounded: beyond its capacity the lower half of the floors is forgotten, and the highest of those
/// becomes the floor of every unknown tag. So a lack of room never makes an invalidated entry valid, but it may make a
/// valid entry count as invalidated.</para>
/// <para>Thread-safe. A lookup takes no lock and no allocation.</para>
/// </remarks>
public sealed class TagFloors
{
    /// <summary>How many tags are known at a time by default; about 20 MB.</summary>
    public const int DefaultCapacity = 100_000;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, TagFloor> _tags = new(StringComparer.Ordinal);
    private readonly int _capacity;
    private readonly TimeProvider _time;
    private volatile TagFloor _everything = Guess(Stamp.None, change: 0);
    private volatile TagFloor _unknown = Guess(Stamp.None, change: 0);
    private int _count;
    private long _changes;
    private long _highest;

    /// <summary>Creates an empty table.</summary>
    /// <param name="capacity">How many tags are known at a time; 2 or more.</param>
    /// <param name="time">The process's clock, for <see cref="EndOf"/>; null: the system's.</param>
    public TagFloors(int capacity = DefaultCapacity, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _capacity = capacity;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The highest floor of all.</summary>
    public Stamp Highest => new(Volatile.Read(ref _highest));

    /// <summary>The number of changes so far; read when a load begins, for <see cref="FloorSince"/>.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Whether an entry is not valid, because its stamp is not above the floor of everything and the floors of
    /// all its tags.</summary>
    /// <param name="tags">The entry's tags; null if it has none.</param>
    /// <param name="stamp">The entry's stamp.</param>
    public bool IsInvalidated(string[]? tags, Stamp stamp)
    {
        if (stamp <= _everything.Stamp)
        {
            return true;
        }

        foreach (var tag in tags.AsSpan())
        {
            if (_tags.TryGetValue(tag, out var floor))
            {
                floor.Use();
            }

            if (stamp <= (floor ?? _unknown).Stamp)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns when an entry was invalidated, as far as is known; null if it is valid.</summary>
    /// <inheritdoc cref="IsInvalidated" path="/param"/>
    public StampCheck? EndOf(string[]? tags, Stamp stamp)
    {
        StampCheck? end = null;
        foreach (var floor in (tags ?? []).Select(Find).Prepend(_everything).Where(floor => stamp <= floor.Stamp))
        {
            var ended = floor.IsKnown
                ? new StampCheck(StampState.EndedEarlier, _time.GetElapsedTime(floor.ChangedAt))
                : default;
            end = ended.EndedAgo > end?.EndedAgo ? ended : end ?? ended;
        }

        return end;
    }

    /// <summary>Returns the floor above which the stamp of a new entry with these tags must be.</summary>
    public Stamp FloorOf(string[]? tags)
    {
        var highest = _everything.Stamp;
        foreach (var tag in tags.AsSpan())
        {
            highest = Stamp.Max(highest, Find(tag).Stamp);
        }

        return highest;
    }

    /// <summary>Returns the floor above which the stamp of a loaded value must be.</summary>
    /// <param name="tags">The tags of the loaded value; null if it has none.</param>
    /// <param name="since"><see cref="Changes"/> when the load began.</param>
    /// <param name="startedAt">When the load began.</param>
    /// <returns>The floor; null if the loaded value may be older than an invalidation that arrived since the load
    /// began, whatever the clocks say.</returns>
    public Stamp? FloorSince(string[]? tags, long since, DateTimeOffset startedAt)
    {
        var start = Stamp.Next(startedAt, Stamp.None);
        var everything = _everything;
        if (everything.HasRisen(since, start))
        {
            return null;
        }

        var highest = everything.Stamp;
        foreach (var tag in tags.AsSpan())
        {
            var floor = Find(tag);
            if (floor.HasRisen(since, start))
            {
                return null;
            }

            highest = Stamp.Max(highest, floor.Stamp);
        }

        return highest;
    }

    /// <summary>Whether the floors of all of an entry's tags and the floor of everything are known.</summary>
    public bool Knows(string[]? tags)
    {
        if (!_everything.IsKnown)
        {
            return false;
        }

        foreach (var tag in tags.AsSpan())
        {
            if (!Find(tag).IsKnown)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns whether a tag's floor is known, and that floor.</summary>
    public bool TryGet(string tag, out Stamp floor)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var found = tag == CacheTags.Everything ? _everything : Find(tag);
        floor = found.IsKnown ? found.Stamp : Stamp.None;
        return found.IsKnown;
    }

    /// <summary>Called when an entry with these tags is made. Adds the unknown tags to the table, so that
    /// <see cref="TakeUsed"/> returns them once the entry is read.</summary>
    public void Meet(string[]? tags)
    {
        foreach (var tag in tags.AsSpan())
        {
            if (_tags.ContainsKey(tag))
            {
                continue;
            }

            lock (_lock)
            {
                if (_tags.TryAdd(tag, Guess(_unknown.Stamp, change: 0)))
                {
                    OnAdded();
                }
            }
        }
    }

    /// <summary>Raises the floor of a tag that was invalidated just now.</summary>
    /// <returns>Whether the invalidation was unknown before.</returns>
    public bool Raise(string tag, Stamp floor) => Change(tag, floor, isNews: true);

    /// <summary>Records a tag's floor that was read from its owner; when the tag was last invalidated is unknown.
    /// </summary>
    /// <returns>Whether the tag was known with a lower floor, so that this is a new invalidation.</returns>
    public bool Learn(string tag, Stamp floor) => Change(tag, floor, isNews: false);

    /// <summary>Returns the tags of the entries that were read since the last call.</summary>
    public IReadOnlyList<string> TakeUsed() =>
        [.. _tags.Where(pair => pair.Value.TakeUse()).Select(pair => pair.Key)];

    private TagFloor Find(string tag) => _tags.TryGetValue(tag, out var floor) ? floor : _unknown;

    private bool Change(string tag, Stamp floor, bool isNews)
    {
        ArgumentNullException.ThrowIfNull(tag);
        lock (_lock)
        {
            var isEverything = tag == CacheTags.Everything;
            var before = isEverything ? _everything : _tags.GetValueOrDefault(tag);
            var isKnown = before is { IsKnown: true };
            if (isKnown && floor <= before!.Stamp)
            {
                return false;
            }

            // If the floor was known and is higher now, the tag was invalidated since the floor was learned.
            isNews |= isKnown;
            var raised = new TagFloor(floor, ++_changes, isNews, before, _time.GetTimestamp());
            Volatile.Write(ref _highest, Math.Max(_highest, floor.Value));
            if (isEverything)
            {
                _everything = raised;
                return isNews;
            }

            _tags[tag] = raised;
            if (before is null)
            {
                OnAdded();
            }

            return isNews;
        }
    }

    private static TagFloor Guess(Stamp floor, long change) => new(floor, change, isNews: false) { IsKnown = false };

    private void OnAdded()
    {
        if (++_count <= _capacity)
        {
            return;
        }

        var lower = _tags.OrderBy(pair => pair.Value.Stamp.Value).Take(_count / 2).ToList();

        // Before the removals: a reader that no longer finds a removed tag must find this floor.
        _unknown = Guess(Stamp.Max(_unknown.Stamp, lower[^1].Value.Stamp), ++_changes);
        foreach (var (tag, _) in lower)
        {
            _tags.TryRemove(tag, out _);
        }

        _count -= lower.Count;
    }
}
