namespace CacheOrleans.Storage;

/// <summary>Below which stamp nothing counts that the backing store has of a cache.</summary>
/// <remarks>Thread-safe.</remarks>
public interface ICacheVersions
{
    /// <summary>A cache was ended: what the store has of it, and is not above that stamp, counts as missing. Has every
    /// silo go by it, and returns at once.</summary>
    /// <remarks>The queue that calls it writes the version to the store by itself.</remarks>
    void OnEnded(string cache, Stamp version);
}
