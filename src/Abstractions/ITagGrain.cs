using CacheOrleans.Tags;
using Orleans.Concurrency;

namespace CacheOrleans;

/// <summary>The version of one tag, the same for the whole cluster; its grain key is the tag.</summary>
/// <remarks>An entry with the tag counts only if its stamp is above the tag's version. <see cref="Everything"/> is a
/// tag that every entry has. Every method throws <see cref="ArgumentException"/> for a tag that is not allowed.
/// </remarks>
[Alias("CacheOrleans.ITagGrain")]
public interface ITagGrain : IGrainWithStringKey
{
    /// <summary>The tag that every entry has.</summary>
    const string Everything = CacheTags.Everything;

    /// <summary>Ends the life of every entry that has the tag, at once and however many they are.</summary>
    /// <returns>The tag's new version, once every silo that can be reached goes by it; Redis has it, or will.</returns>
    [Alias("InvalidateAsync")]
    Task<long> InvalidateAsync();

    /// <summary>Tells the tag's version; zero when it was never invalidated, null when it cannot be told until Redis
    /// can be read.</summary>
    [Alias("GetVersionAsync")]
    [ResponseTimeout("00:00:02")]
    [AlwaysInterleave]
    Task<long?> GetVersionAsync();
}
