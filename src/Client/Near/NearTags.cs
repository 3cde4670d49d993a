using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Client.Near;

/// <summary>The invalidations of tags that this process knows of, and an epoch that grows with each of them.</summary>
/// <remarks>Thread-safe. A copy that was found valid in an epoch does not check its tags again until the next
/// epoch.</remarks>
internal sealed class NearTags
{
    private readonly TagFloors _floors = new();
    private long _epoch;

    /// <summary>The current epoch.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>The highest stamp at which some tag was invalidated.</summary>
    public long Highest => _floors.Highest.Value;

    /// <summary>Whether a value with these tags and this stamp is invalidated.</summary>
    public bool IsInvalidated(string[]? tags, long stamp) => _floors.IsInvalidated(tags, new Stamp(stamp));

    /// <summary>Records that a tag was invalidated.</summary>
    public void Raise(string tag, long floor)
    {
        _floors.Raise(tag, new Stamp(floor));

        // The epoch grows after the floor, so that a thread that sees the new epoch also sees the floor. It also grows
        // when another thread raised the floor first, because that thread may not have reached this line yet.
        Interlocked.Increment(ref _epoch);
    }
}
