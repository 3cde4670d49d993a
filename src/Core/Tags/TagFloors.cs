using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Tags;

/// <summary>What a process knows of tags: below which stamp entries with a tag do not count.</summary>
/// <remarks>
/// <para>Floors only rise. There is one for <see cref="CacheTags.Everything"/> too, which every entry is under.</para>
/// <para>It is bounded: beyond its capacity the lower half of the floors is forgotten, and the highest of those becomes
/// the floor of every tag that is not known. So nothing invalid ever counts for lack of room, and something valid may
/// not count.</para>
/// <para>Thread-safe. To ask takes no lock and no allocation.</para>
/// </remarks>
public sealed class TagFloors
{
    /// <summary>How many tags are known at a time unless said otherwise; about 20 MB.</summary>
    public const int DefaultCapacity = 100_000;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, TagFloor> _tags = new(StringComparer.Ordinal);
    private readonly int _capacity;
    private volatile TagFloor _everything = Guess(Stamp.None, change: 0);
    private volatile TagFloor _unknown = Guess(Stamp.None, change: 0);
    private int _count;
    private long _changes;
    private long _highest;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">How many tags are known at a time; 2 or more.</param>
    public TagFloors(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _capacity = capacity;
    }

    /// <summary>The highest floor there is.</summary>
    public Stamp Highest => new(Volatile.Read(ref _highest));

    /// <summary>How often something has changed; taken when a load begins, for <see cref="FloorSince"/>.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Whether an entry does not count: its stamp is not above the floor of everything, and those of its tags.
    /// </summary>
    /// <param name="tags">Its tags; null: none.</param>
    /// <param name="stamp">Its stamp.</param>
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

    /// <summary>What the stamp of a new entry with these tags must be above.</summary>
    public Stamp FloorOf(string[]? tags)
    {
        var highest = _everything.Stamp;
        foreach (var tag in tags.AsSpan())
        {
            highest = Stamp.Max(highest, Find(tag).Stamp);
        }

        return highest;
    }

    /// <summary>What the stamp of what a load found must be above.</summary>
    /// <param name="tags">The tags of what it found; null: none.</param>
    /// <param name="since"><see cref="Changes"/> when the load began.</param>
    /// <param name="startedAt">When the load began.</param>
    /// <returns>The floor; null when what it found may be from before an invalidation that has come since, whatever the
    /// clocks say.</returns>
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

    /// <summary>Whether all of an entry's tags are known, and the floor of everything is.</summary>
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

    /// <summary>Whether a tag is known, and its floor.</summary>
    public bool TryGet(string tag, out Stamp floor)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var found = tag == CacheTags.Everything ? _everything : Find(tag);
        floor = found.IsKnown ? found.Stamp : Stamp.None;
        return found.IsKnown;
    }

    /// <summary>An entry with these tags is made: those that are not known are remembered, so that
    /// <see cref="TakeUsed"/> tells of them once it is asked for.</summary>
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

    /// <summary>A tag was invalidated just now.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Raise(string tag, Stamp floor) => Change(tag, floor, isNews: true);

    /// <summary>It became known what a tag's floor is; when it was invalidated last is not.</summary>
    /// <returns>Whether that is news of a tag that was known with a lower floor.</returns>
    public bool Learn(string tag, Stamp floor) => Change(tag, floor, isNews: false);

    /// <summary>The tags that entries were asked about since the last call.</summary>
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

            // What is learned to be higher than it was known to be has risen since it was.
            isNews |= isKnown;
            var raised = new TagFloor(floor, ++_changes, isNews, before);
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

        // First: who finds a tag gone must find this.
        _unknown = Guess(Stamp.Max(_unknown.Stamp, lower[^1].Value.Stamp), ++_changes);
        foreach (var (tag, _) in lower)
        {
            _tags.TryRemove(tag, out _);
        }

        _count -= lower.Count;
    }
}
