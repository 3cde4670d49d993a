namespace CacheOrleans.Storage;

/// <summary>Versions of caches where nobody reads the store but through the versions that stand in it.</summary>
public sealed class NoCacheVersions : ICacheVersions
{
    /// <inheritdoc />
    public void OnEnded(string cache, Stamp version)
    {
        // Nobody is told.
    }
}
