using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>The processes that keep a copy of what an entry holds.</summary>
/// <remarks>They are told once, when that ceases to count before its time, and forgotten. A process that is gone is not
/// waited for, and is forgotten when its copy would have run out.</remarks>
/// <param name="owned">The entry.</param>
/// <param name="stamp">The stamp of the copies.</param>
internal sealed class EntryHolders(OwnedEntry owned, Stamp stamp)
{
    private const int FirstSweep = 8;

    private readonly Dictionary<INearCacheObserver, long> _ends = [];
    private int _nextSweep = FirstSweep;

    /// <summary>The stamp of the copies.</summary>
    public Stamp Stamp => stamp;

    /// <summary>The entry's generation when the first was added.</summary>
    public long Generation { get; } = owned.Memory.Generation;

    /// <summary>Adds a process, or prolongs its time.</summary>
    public void Add(INearCacheObserver holder, TimeSpan lease)
    {
        var now = owned.Time.GetTimestamp();
        if (_ends.Count >= _nextSweep)
        {
            Sweep(now);
        }

        _ends[holder] = now + (long)(lease.TotalSeconds * owned.Time.TimestampFrequency);
    }

    /// <summary>Tells those whose copies have not run out.</summary>
    /// <param name="floor">Copies below it count no more.</param>
    public void Tell(Stamp floor)
    {
        var (key, now) = (owned.Activation.Key, owned.Time.GetTimestamp());
        foreach (var (holder, end) in _ends)
        {
            if (end > now)
            {
                _ = holder.InvalidateAsync(key, floor.Value);
            }
        }
    }

    private void Sweep(long now)
    {
        foreach (var (holder, end) in _ends)
        {
            if (end <= now)
            {
                _ends.Remove(holder);
            }
        }

        _nextSweep = Math.Max(FirstSweep, 2 * _ends.Count);
    }
}
