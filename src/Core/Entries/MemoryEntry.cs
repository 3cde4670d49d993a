using CacheOrleans.Storage;

namespace CacheOrleans.Entries;

/// <summary>What an owner has in memory: a value, or that there is none.</summary>
/// <param name="Value">The value; null when the fallback found nothing.</param>
/// <param name="Stamp">The order of the operation that made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ceases to count.</param>
/// <param name="Tags">Its tags; null: none.</param>
/// <param name="Sliding">How reads prolong its life; null: they do not.</param>
public sealed record MemoryEntry(
    byte[]? Value,
    Stamp Stamp,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string[]? Tags = null,
    SlidingLife? Sliding = null)
{
    /// <summary>When it ceases to count, if the reads to come that write nothing to the store prolong its
    /// life.</summary>
    public DateTimeOffset StaysUntil => Sliding is { } sliding ? ExpiresAt + (sliding.Slide / 4) : ExpiresAt;

    /// <summary>How long ago it was made; never negative, whatever the clocks say.</summary>
    public TimeSpan Age(DateTimeOffset now) => now > CreatedAt ? now - CreatedAt : TimeSpan.Zero;

    /// <summary>How long it still counts; never negative.</summary>
    public TimeSpan TimeLeft(DateTimeOffset now) => ExpiresAt > now ? ExpiresAt - now : TimeSpan.Zero;
}
