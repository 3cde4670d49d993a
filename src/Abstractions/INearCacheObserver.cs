using Orleans.Concurrency;

namespace CacheOrleans;

/// <summary>A process that keeps copies of entries for a while, and is told when they change.</summary>
/// <remarks>Nobody waits for it, and what is lost is mended by the end of the near-lease.</remarks>
[Alias("CacheOrleans.INearCacheObserver")]
public interface INearCacheObserver : IGrainObserver
{
    /// <summary>Nothing of a key that is older than a stamp counts any more.</summary>
    [Alias("InvalidateAsync")]
    [OneWay]
    Task InvalidateAsync(string key, long floor);

    /// <summary>Nothing with a tag that is not newer than a stamp counts any more.</summary>
    [Alias("InvalidateTagAsync")]
    [OneWay]
    Task InvalidateTagAsync(string tag, long floor);
}
