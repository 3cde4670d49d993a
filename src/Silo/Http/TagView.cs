using CacheOrleans.Storage;

namespace CacheOrleans.Silo.Http;

/// <summary>A tag as <c>GET /api/tags/{tag}</c> shows it.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Version">Values with the tag count only if their stamp is above it; 0: it was never ended; null: that
/// cannot be told until Redis can be read.</param>
/// <param name="EndedAt">When it was ended last.</param>
internal sealed record TagView(string Tag, long? Version, DateTime? EndedAt)
{
    public static TagView Of(string tag, long? version) =>
        new(tag, version, version > 0 ? Shown.Time(new Stamp(version.Value).Time) : null);
}
