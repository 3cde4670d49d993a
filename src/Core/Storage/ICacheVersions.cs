namespace CacheOrleans.Storage;

/// <summary>Tracks the version of each cache: the stamp up to which its records in the backing store are no longer
/// valid.</summary>
/// <remarks>Thread-safe.</remarks>
public interface ICacheVersions
{
    /// <summary>Called when all entries of a cache were ended: its stored records whose stamps are not above the
    /// version now count as missing. Announces the version to every silo without waiting for them.</summary>
    /// <remarks>The queue that calls this writes the version to the store itself.</remarks>
    void OnEnded(string cache, Stamp version);
}
