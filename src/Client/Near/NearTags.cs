using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Client.Near;

/// <summary>What this process knows of tags, and an epoch, which grows when that changes.</summary>
/// <remarks>Thread-safe. A copy that counted in an epoch counts until the next without another look at its
/// tags.</remarks>
internal sealed class NearTags
{
    private readonly TagFloors _floors = new();
    private long _epoch;

    /// <summary>The epoch.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>The highest stamp at which some tag was invalidated.</summary>
    public long Highest => _floors.Highest.Value;

    /// <summary>Whether something with these tags does not count.</summary>
    public bool IsInvalidated(string[]? tags, long stamp) => _floors.IsInvalidated(tags, new Stamp(stamp));

    /// <summary>A tag was invalidated.</summary>
    public void Raise(string tag, long floor)
    {
        _floors.Raise(tag, new Stamp(floor));

        // After the floor, so that who sees the new epoch sees the floor; and also when another thread raised it first,
        // for that one may not have got this far.
        Interlocked.Increment(ref _epoch);
    }
}
