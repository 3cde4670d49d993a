using CacheOrleans.Storage;

namespace CacheOrleans.Silo.Http;

/// <summary>A tag as <c>GET /api/tags/{tag}</c> shows it.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Version">Values with the tag are valid only if their stamp is above this version; 0 if the tag was
/// never ended; null if the version is unknown until Redis can be read.</param>
/// <param name="EndedAt">When the tag was last ended.</param>
internal sealed record TagView(string Tag, long? Version, DateTime? EndedAt)
{
    public static TagView Of(string tag, long? version) =>
        new(tag, version, version > 0 ? Shown.Time(new Stamp(version.Value).Time) : null);
}
