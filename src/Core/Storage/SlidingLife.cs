namespace CacheOrleans.Storage;

/// <summary>The life of a value that each read prolongs.</summary>
/// <param name="Slide">How long it lives after a read.</param>
/// <param name="EndsAt">When it ceases to count, whatever is read, by the writer's clock; whole milliseconds.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.SlidingLife")]
public sealed record SlidingLife([property: Id(0)] TimeSpan Slide, [property: Id(1)] DateTimeOffset EndsAt)
{
    /// <summary>When the value ceases to count if it is read now and never again.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset now) => EndsAt - now > Slide ? now + Slide : EndsAt;
}
