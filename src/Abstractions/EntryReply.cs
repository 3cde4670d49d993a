namespace CacheOrleans;

/// <summary>The answer of an entry's owner to a client.</summary>
/// <param name="Status">What it is; the other members are for <see cref="EntryStatus.Value"/> unless they say
/// otherwise.</param>
/// <param name="Value">The value, not to be changed.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Stamp">The order of the operation that made it; also with <see cref="EntryStatus.NotFound"/> and
/// <see cref="EntryStatus.Nothing"/>. With <see cref="EntryStatus.Pending"/> one that the value which
/// is waited for will stand above.</param>
/// <param name="Age">How long ago it was made.</param>
/// <param name="TimeLeft">How long it still counts; also with <see cref="EntryStatus.NotFound"/>. Zero: it is not kept,
/// and is to be used once.</param>
/// <param name="Tags">Its tags; null: none.</param>
/// <param name="IsSliding">Whether each read prolongs its life, so that nobody but the owner may keep it.</param>
/// <param name="Lease">The lease's id, with <see cref="EntryStatus.Leased"/>. With <see cref="EntryStatus.Pending"/>
/// the id of the load that is waited for, whoever runs it; empty where that is a read of Redis.</param>
/// <param name="IsOutdated">With <see cref="EntryStatus.Pending"/>: whether something has changed since that load
/// began, so that it is for those who waited before and not for later callers.</param>
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
