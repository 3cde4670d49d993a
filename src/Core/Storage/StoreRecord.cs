namespace CacheOrleans.Storage;

/// <summary>What a backing store keeps under a key: a value, or the tombstone of a removed one.</summary>
/// <param name="Value">The value, not to be changed; null for a tombstone.</param>
/// <param name="Stamp">The order of the operation that wrote it.</param>
/// <param name="CreatedAt">When the value was made, by the writer's clock; whole milliseconds.</param>
/// <param name="ExpiresAt">When it ceases to count, by the writer's clock; whole milliseconds.</param>
/// <param name="Tags">Its tags, not to be changed; null: none, and never on a tombstone.</param>
/// <param name="Sliding">How reads prolong its life; null: they do not, and never on a tombstone.</param>
/// <param name="Definition">The fingerprint of the definition that the value was made under; zero: it is not known, as
/// of values of older versions and of tombstones.</param>
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
    /// <summary>Whether this says that the key was removed.</summary>
    public bool IsTombstone => Value is null;

    /// <summary>Whether another record is the same, bytes and tags included: one that came twice.</summary>
    public bool IsSameAs(StoreRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this == other with { Value = Value, Tags = Tags }
            && IsTombstone == other.IsTombstone
            && Value.AsSpan().SequenceEqual(other.Value)
            && Tags.AsSpan().SequenceEqual(other.Tags);
    }
}
