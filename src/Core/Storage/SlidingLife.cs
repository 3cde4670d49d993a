namespace CacheOrleans.Storage;

/// <summary>The sliding expiration of a value, which each read extends.</summary>
/// <param name="Slide">How long the value lives after a read.</param>
/// <param name="EndsAt">When the value expires however often it is read, by the writer's clock, in whole
/// milliseconds.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.SlidingLife")]
public sealed record SlidingLife([property: Id(0)] TimeSpan Slide, [property: Id(1)] DateTimeOffset EndsAt)
{
    /// <summary>Returns when the value expires if it is read now and never again.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset now) => EndsAt - now > Slide ? now + Slide : EndsAt;
}
