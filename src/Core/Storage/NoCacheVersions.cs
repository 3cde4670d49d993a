namespace CacheOrleans.Storage;

/// <summary>Announces no versions, for a process in which every reader takes the versions from the store.</summary>
public sealed class NoCacheVersions : ICacheVersions
{
    /// <inheritdoc />
    public void OnEnded(string cache, Stamp version)
    {
        // Nothing is announced.
    }
}
