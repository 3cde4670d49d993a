using CacheOrleans.Tags;
using Orleans.Concurrency;

namespace CacheOrleans;

/// <summary>The version of one tag, the same for the whole cluster; its grain key is the tag.</summary>
/// <remarks>An entry with the tag is valid only if its stamp is above the tag's version. <see cref="Everything"/> is a
/// tag that every entry has. Every method throws <see cref="ArgumentException"/> for a tag that is not allowed.
/// </remarks>
[Alias("CacheOrleans.ITagGrain")]
public interface ITagGrain : IGrainWithStringKey
{
    /// <summary>The tag that every entry has.</summary>
    const string Everything = CacheTags.Everything;

    /// <summary>Invalidates every entry that has the tag, at once and regardless of their number.</summary>
    /// <returns>The tag's new version, once every reachable silo applies it. It is stored in Redis already or will be.
    /// </returns>
    [Alias("InvalidateAsync")]
    Task<long> InvalidateAsync();

    /// <summary>Returns the tag's version; zero when the tag was never invalidated, null when the version is unknown
    /// until Redis can be read.</summary>
    [Alias("GetVersionAsync")]
    [ResponseTimeout("00:00:02")]
    [AlwaysInterleave]
    Task<long?> GetVersionAsync();
}
