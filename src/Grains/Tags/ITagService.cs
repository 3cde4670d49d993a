using Orleans.Services;

namespace CacheOrleans.Grains.Tags;

/// <summary>One silo's ear for tags that are invalidated, and its mouth for what it knows of them.</summary>
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
}
