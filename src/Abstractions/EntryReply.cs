namespace CacheOrleans;

/// <summary>The reply of an entry's owner to a client.</summary>
/// <param name="Status">The kind of reply; the other members apply to <see cref="EntryStatus.Value"/> unless they say
/// otherwise.</param>
/// <param name="Value">The value, which must not be changed.</param>
/// <param name="Source">Where the value came from.</param>
/// <param name="Stamp">The stamp of the operation that created the value; also set with
/// <see cref="EntryStatus.NotFound"/> and <see cref="EntryStatus.Nothing"/>. With <see cref="EntryStatus.Pending"/> a
/// stamp below that of the awaited value.</param>
/// <param name="Age">How long ago the value was created.</param>
/// <param name="TimeLeft">How long the value is still valid; also set with <see cref="EntryStatus.NotFound"/>. Zero:
/// the owner does not keep the value, and it may be used only once.</param>
/// <param name="Tags">Its tags; null: none.</param>
/// <param name="IsSliding">Whether each read prolongs the value's life, so that only the owner may keep it.</param>
/// <param name="Lease">The lease's id, with <see cref="EntryStatus.Leased"/>. With <see cref="EntryStatus.Pending"/>
/// the id of the awaited load, wherever it runs; empty when the owner waits for a read of Redis.</param>
/// <param name="IsOutdated">With <see cref="EntryStatus.Pending"/>: whether the entry or a tag has changed since that
/// load began, so that its result goes only to callers that waited before the change, and not to later callers.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.EntryReply")]
public sealed record EntryReply(
    [property: Id(0)] EntryStatus Status,
    [property: Id(1)] byte[]? Value = null,
    [property: Id(2)] EntrySource Source = EntrySource.None,
    [property: Id(3)] long Stamp = 0,
    [property: Id(4)] TimeSpan Age = default,
    [property: Id(5)] TimeSpan TimeLeft = default,
    [property: Id(6)] string[]? Tags = null,
    [property: Id(7)] bool IsSliding = false,
    [property: Id(8)] Guid Lease = default,
    [property: Id(9)] bool IsOutdated = false);
