namespace CacheOrleans.Client.Near;

/// <summary>Takes what the silos tell of changes.</summary>
/// <remarks>Orleans holds it weakly; the client keeps it.</remarks>
internal sealed class NearObserver(KeyVersions keyVersions, NearTags tags) : INearCacheObserver
{
    /// <inheritdoc />
    public Task InvalidateAsync(string key, long floor)
    {
        keyVersions.Raise(key, floor);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task InvalidateTagAsync(string tag, long floor)
    {
        tags.Raise(tag, floor);
        return Task.CompletedTask;
    }
}
