namespace CacheOrleans.Client.Near;

/// <summary>Receives the silos' notifications of changes.</summary>
/// <remarks>Orleans holds only a weak reference to it; the client keeps it alive.</remarks>
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
