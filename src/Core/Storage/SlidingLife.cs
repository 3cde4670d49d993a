namespace CacheOrleans.Storage;

/// <summary>The life of a value that each read prolongs.</summary>
/// <param name="Slide">How long it lives after a read.</param>
/// <param name="EndsAt">When it ceases to count, whatever is read, by the writer's clock; whole milliseconds.</param>
public sealed record SlidingLife(TimeSpan Slide, DateTimeOffset EndsAt)
{
    /// <summary>When the value ceases to count if it is read now and never again.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset now) => EndsAt - now > Slide ? now + Slide : EndsAt;
}
