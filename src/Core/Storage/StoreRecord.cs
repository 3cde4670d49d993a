namespace CacheOrleans.Storage;

/// <summary>The record of an entry, which its owner keeps in memory and a backing store keeps under a key.</summary>
/// <param name="Value">The value, which must not be changed. If it is null, the record in the store is the tombstone of
/// a removed value, and the record in memory means that the fallback found nothing.</param>
/// <param name="Stamp">The stamp of the operation that wrote the record.</param>
/// <param name="CreatedAt">When the value was made, by the writer's clock, in whole milliseconds.</param>
/// <param name="ExpiresAt">When the record expires, by the writer's clock, in whole milliseconds.</param>
/// <param name="Tags">The entry's tags, which must not be changed; null if it has none, and for a tombstone.</param>
/// <param name="Sliding">How reads extend the value's life; null if they do not, and for a tombstone.</param>
/// <param name="Definition">The fingerprint of the cache definition under which the value was made; zero if it is
/// unknown, as for values of older versions and for tombstones.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.StoreRecord")]
public sealed record StoreRecord(
    [property: Id(0)] byte[]? Value,
    [property: Id(1)] Stamp Stamp,
    [property: Id(2)] DateTimeOffset CreatedAt,
    [property: Id(3)] DateTimeOffset ExpiresAt,
    [property: Id(4)] string[]? Tags = null,
    [property: Id(5)] SlidingLife? Sliding = null,
    [property: Id(6)] long Definition = 0)
{
    /// <summary>Whether this is a tombstone, which records that the key was removed.</summary>
    public bool IsTombstone => Value is null;

    /// <summary>The latest time to which reads can extend the value's life without a write to the store.</summary>
    public DateTimeOffset LatestExpiry => Sliding is { } sliding ? ExpiresAt + (sliding.Slide / 4) : ExpiresAt;

    /// <summary>Returns how long ago the value was made; never negative, even if clocks differ.</summary>
    public TimeSpan Age(DateTimeOffset now) => now > CreatedAt ? now - CreatedAt : TimeSpan.Zero;

    /// <summary>Returns how long the record is still valid; never negative.</summary>
    public TimeSpan TimeLeft(DateTimeOffset now) => ExpiresAt > now ? ExpiresAt - now : TimeSpan.Zero;

    /// <summary>Whether another record is the same, including bytes and tags, as when a record arrives twice.</summary>
    public bool IsSameAs(StoreRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this == other with { Value = Value, Tags = Tags }
            && IsTombstone == other.IsTombstone
            && Value.AsSpan().SequenceEqual(other.Value)
            && Tags.AsSpan().SequenceEqual(other.Tags);
    }
}
