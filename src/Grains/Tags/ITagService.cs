using Orleans.Services;

namespace CacheOrleans.Grains.Tags;

/// <summary>One silo's ear for tags that are invalidated and caches that are ended, and its mouth for what it knows of
/// them.</summary>
[Alias("CacheOrleans.ITagService")]
internal interface ITagService : IGrainService
{
    /// <summary>A tag was invalidated; when this returns, the silo goes by it.</summary>
    [Alias("ApplyAsync")]
    [ResponseTimeout("00:00:01")]
    Task ApplyAsync(string tag, long version);

    /// <summary>Returns the version that the silo knows of a tag; null when it knows none.</summary>
    [Alias("ReadAsync")]
    [ResponseTimeout("00:00:01")]
    Task<long?> ReadAsync(string tag);

    /// <summary>A cache was ended; when this returns, the silo goes by it, and writes it to the store once it can.
    /// </summary>
    [Alias("EndCacheAsync")]
    [ResponseTimeout("00:00:01")]
    Task EndCacheAsync(string cache, long version);

    /// <summary>Goes by the version of a cache that was ended, and removes the entries of it that the silo owns.
    /// </summary>
    [Alias("RemoveEntriesAsync")]
    [ResponseTimeout("00:00:30")]
    Task RemoveEntriesAsync(string cache, long version);

    /// <summary>Returns the versions that the silo knows of caches that were ended.</summary>
    [Alias("ReadCachesAsync")]
    [ResponseTimeout("00:00:01")]
    Task<Dictionary<string, long>> ReadCachesAsync();
}
