using System.Collections.Concurrent;
using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Tags;

/// <summary>The processes that keep copies of this silo's entries and must be notified of invalidated tags.</summary>
/// <remarks>Thread-safe. They are not tracked by tag: a process with any tagged copy is notified of every tag.
/// </remarks>
internal sealed class TagHolders(TimeProvider time)
{
    private readonly ConcurrentDictionary<INearCacheObserver, TagHolder> _holders = new();

    /// <summary>Records that a process gets a copy.</summary>
    public void Add(INearCacheObserver observer, bool isTagged, TimeSpan lease)
    {
        var now = time.GetTimestamp();
        var length = (long)(lease.TotalSeconds * time.TimestampFrequency);
        while (!_holders.GetOrAdd(observer, static _ => new TagHolder()).TryExtend(now, length, isTagged))
        {
            // Prune is removing the process at this moment; it is added again.
        }

        // Either the caller, which checks the copy after this, sees the new floor, or Notify sees the new holder.
        Interlocked.MemoryBarrier();
    }

    /// <summary>Notifies the processes that may have affected copies that a tag was invalidated, without waiting.
    /// </summary>
    public void Notify(string tag, Stamp floor)
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

    /// <summary>Forgets the processes whose copies have all expired.</summary>
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
