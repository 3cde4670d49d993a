using CacheOrleans.Storage;

namespace CacheOrleans.Entries;

/// <summary>An entry in its owner's memory: a value, or the knowledge that there is none.</summary>
/// <param name="Value">The value; null if the fallback found nothing.</param>
/// <param name="Stamp">The stamp of the operation that made the entry.</param>
/// <param name="CreatedAt">When the value was made.</param>
/// <param name="ExpiresAt">When the entry expires.</param>
/// <param name="Tags">The entry's tags; null if it has none.</param>
/// <param name="Sliding">How reads extend the entry's life; null if they do not.</param>
public sealed record MemoryEntry(
    byte[]? Value,
    Stamp Stamp,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string[]? Tags = null,
    SlidingLife? Sliding = null)
{
    /// <summary>The latest time to which reads can extend the entry's life without a write to the store.</summary>
    public DateTimeOffset LatestExpiry => Sliding is { } sliding ? ExpiresAt + (sliding.Slide / 4) : ExpiresAt;

    /// <summary>Returns how long ago the value was made; never negative, even if clocks differ.</summary>
    public TimeSpan Age(DateTimeOffset now) => now > CreatedAt ? now - CreatedAt : TimeSpan.Zero;

    /// <summary>Returns how long the entry is still valid; never negative.</summary>
    public TimeSpan TimeLeft(DateTimeOffset now) => ExpiresAt > now ? ExpiresAt - now : TimeSpan.Zero;
}
