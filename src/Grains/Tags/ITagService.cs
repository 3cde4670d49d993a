using Orleans.Services;

namespace CacheOrleans.Grains.Tags;

/// <summary>Notifies a silo of invalidated tags and ended caches, and returns the versions that the silo knows.
/// </summary>
[Alias("CacheOrleans.ITagService")]
internal interface ITagService : IGrainService
{
    /// <summary>Announces that a tag was invalidated; when this returns, the silo applies the new version.</summary>
    [Alias("ApplyAsync")]
    [ResponseTimeout("00:00:01")]
    Task ApplyAsync(string tag, long version);

    /// <summary>Returns the version that the silo knows for a tag; null if it knows none.</summary>
    [Alias("ReadAsync")]
    [ResponseTimeout("00:00:01")]
    Task<long?> ReadAsync(string tag);

    /// <summary>Announces that a cache was ended; when this returns, the silo applies the version, and writes it to the
    /// store as soon as it can.</summary>
    [Alias("EndCacheAsync")]
    [ResponseTimeout("00:00:01")]
    Task EndCacheAsync(string cache, long version);

    /// <summary>Applies the version of a cache that was ended, and removes the cache's entries that the silo owns.
    /// </summary>
    [Alias("RemoveEntriesAsync")]
    [ResponseTimeout("00:00:30")]
    Task RemoveEntriesAsync(string cache, long version);

    /// <summary>Returns the caches that were ended and their versions, as far as the silo knows them.</summary>
    [Alias("ReadCachesAsync")]
    [ResponseTimeout("00:00:01")]
    Task<Dictionary<string, long>> ReadCachesAsync();
}
