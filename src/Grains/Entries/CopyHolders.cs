using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>The processes that keep a copy of an entry's value, or wait for its load.</summary>
/// <remarks>They are notified once, when the value becomes invalid before it expires, and then forgotten. A process
/// that is gone is not waited for, and is forgotten when its copy would have expired.</remarks>
/// <param name="owned">The entry.</param>
/// <param name="stamp">The stamp of the copies.</param>
internal sealed class CopyHolders(OwnedEntry owned, Stamp stamp)
{
    private const int FirstSweep = 8;

    private readonly Dictionary<INearCacheObserver, long> _ends = [];
    private int _nextSweep = FirstSweep;

    /// <summary>The stamp of the copies.</summary>
    public Stamp Stamp => stamp;

    /// <summary>The entry's generation when the first process was added.</summary>
    public long Generation { get; } = owned.Memory.Generation;

    /// <summary>Adds a process, or extends the time for which it is notified.</summary>
    public void Add(INearCacheObserver holder, TimeSpan lease)
    {
        var now = owned.Time.GetTimestamp();
        if (_ends.Count >= _nextSweep)
        {
            Sweep(now);
        }

        _ends[holder] = now + (long)(lease.TotalSeconds * owned.Time.TimestampFrequency);
    }

    /// <summary>Notifies the processes whose copies have not expired.</summary>
    /// <param name="floor">Copies with a stamp below this one are no longer valid.</param>
    public void Notify(Stamp floor)
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
