using Orleans.Concurrency;

namespace CacheOrleans;

/// <summary>Receives notifications of changes in a process that keeps copies of entries.</summary>
/// <remarks>Senders do not wait for the notifications. If one is lost, the copy is outdated only until the end of its
/// near-lease.</remarks>
[Alias("CacheOrleans.INearCacheObserver")]
public interface INearCacheObserver : IGrainObserver
{
    /// <summary>Invalidates the copies of a key that are older than a stamp.</summary>
    [Alias("InvalidateAsync")]
    [OneWay]
    Task InvalidateAsync(string key, long floor);

    /// <summary>Invalidates the copies with a tag that are not newer than a stamp.</summary>
    [Alias("InvalidateTagAsync")]
    [OneWay]
    Task InvalidateTagAsync(string tag, long floor);
}
