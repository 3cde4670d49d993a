using System.Collections.Concurrent;
using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Tags;

/// <summary>The processes that keep copies of this silo's entries, to be told of invalidated tags.</summary>
/// <remarks>Thread-safe. They are not known by tag: each that has a copy with tags is told of all.</remarks>
internal sealed class TagHolders(TimeProvider time)
{
    private readonly ConcurrentDictionary<INearCacheObserver, TagHolder> _holders = new();

    /// <summary>A process is given a copy.</summary>
    public void Add(INearCacheObserver observer, bool isTagged, TimeSpan lease)
    {
        var now = time.GetTimestamp();
        var length = (long)(lease.TotalSeconds * time.TimestampFrequency);
        while (!_holders.GetOrAdd(observer, static _ => new TagHolder()).TryProlong(now, length, isTagged))
        {
            // It is being forgotten at this moment, and is added anew.
        }

        Interlocked.MemoryBarrier(); // who judges a copy after this sees the floor, or Tell sees the holder
    }

    /// <summary>Tells those whom it may concern that a tag was invalidated, and waits for none.</summary>
    public void Tell(string tag, Stamp floor)
    {
        Interlocked.MemoryBarrier(); // see above
        var now = time.GetTimestamp();
        foreach (var (observer, holder) in _holders)
        {
            if (holder.Holds(now, isTagged: tag != CacheTags.Everything))
            {
                observer.InvalidateTagAsync(tag, floor.Value).Ignore();
            }
        }
    }

    /// <summary>Forgets those whose copies have all ended.</summary>
    public void Prune()
    {
        var now = time.GetTimestamp();
        foreach (var (observer, holder) in _holders)
        {
            if (holder.TryForget(now))
            {
                _holders.TryRemove(KeyValuePair.Create(observer, holder));
            }
        }
    }
}
