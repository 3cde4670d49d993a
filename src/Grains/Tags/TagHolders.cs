using System.Collections.Concurrent;
using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Tags;

/// <summary>The processes that keep copies of this silo's entries, to be told of invalidated tags.</summary>
/// <remarks>Thread-safe. They are not known by tag: each that has a copy with tags is told of all.</remarks>
internal sealed class TagHolders(TimeProvider time)
{
    private readonly ConcurrentDictionary<INearCacheObserver, Holder> _holders = new();

    /// <summary>A process is given a copy.</summary>
    public void Add(INearCacheObserver observer, bool isTagged, TimeSpan lease)
    {
        var until = time.GetUtcNow() + lease;
        var added = new Holder(until, isTagged ? until : DateTimeOffset.MinValue);
        _holders.AddOrUpdate(
            observer, static (_, added) => added, static (_, held, added) => held.With(added), added);
        Interlocked.MemoryBarrier(); // who judges a copy after this sees the floor, or Tell sees the holder
    }

    /// <summary>Tells those whom it may concern that a tag was invalidated, and waits for none.</summary>
    public void Tell(string tag, Stamp floor)
    {
        Interlocked.MemoryBarrier(); // see above
        var now = time.GetUtcNow();
        foreach (var (observer, holder) in _holders)
        {
            if ((tag == CacheTags.Everything ? holder.Until : holder.TaggedUntil) > now)
            {
                observer.InvalidateTagAsync(tag, floor.Value).Ignore();
            }
        }
    }

    /// <summary>Forgets those whose copies have all ended.</summary>
    public void Prune()
    {
        var now = time.GetUtcNow();
        foreach (var pair in _holders)
        {
            if (pair.Value.Until <= now)
            {
                _holders.TryRemove(pair); // unless it was given another meanwhile
            }
        }
    }

    private readonly record struct Holder(DateTimeOffset Until, DateTimeOffset TaggedUntil)
    {
        public Holder With(Holder added) => new(
            Until > added.Until ? Until : added.Until,
            TaggedUntil > added.TaggedUntil ? TaggedUntil : added.TaggedUntil);
    }
}
