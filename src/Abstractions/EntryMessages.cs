namespace CacheOrleans;

/// <summary>A client's request to the owner of an entry.</summary>
/// <param name="Demand">What the owner does to get the value.</param>
/// <param name="MaxWait">How long the owner may keep the call waiting while the value is being loaded, before it
/// replies <see cref="EntryStatus.Pending"/>; 0 to 10 seconds.</param>
/// <param name="Holder">The observer that is notified when the value changes, if the caller keeps a copy; null: it
/// keeps none.</param>
/// <param name="NearLease">How long the caller may keep the copy, counted from the moment of its request.</param>
/// <param name="Refused">The stamp of a value that the caller received and cannot read: this value and older ones count
/// as a miss. Zero: no value does. <see cref="RefuseAll"/>: every existing value does, and the store is not read.
/// </param>
/// <param name="Awaited">When the caller asks again: the lease that it waits for, according to the previous reply. If
/// that lease has ended meanwhile, with an error or with a value that is too large to be kept, the caller gets that
/// too. Empty: none.</param>
/// <param name="Tags">The tags of the value that the caller loads if it gets a lease; null: none. When one of them is
/// invalidated, later callers do not wait for that load.</param>
/// <param name="Definition">The fingerprint of the caller's definition; zero: the caller has none and uses that of the
/// silos.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.EntryRequest")]
public sealed record EntryRequest(
    [property: Id(0)] EntryDemand Demand,
    [property: Id(1)] TimeSpan MaxWait,
    [property: Id(2)] INearCacheObserver? Holder = null,
    [property: Id(3)] TimeSpan NearLease = default,
    [property: Id(4)] long Refused = 0,
    [property: Id(5)] Guid Awaited = default,
    [property: Id(6)] string[]? Tags = null,
    [property: Id(7)] long Definition = 0)
{
    /// <summary>The value of <see cref="Refused"/> for a caller that wants a new value even if one exists.</summary>
    public const long RefuseAll = long.MaxValue;
}

/// <summary>What the owner of an entry does to get a value that it does not have in memory.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntryDemand")]
public enum EntryDemand
{
    /// <summary>The owner reads Redis.</summary>
    Stored,

    /// <summary>The owner reads Redis, then runs the cache's registered fallback if there is one.</summary>
    Loaded,

    /// <summary>The owner reads Redis, then grants one caller in the cluster a lease to load the value.</summary>
    Leased,
}

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
/// <param name="Tags">The value's tags; null if it has none.</param>
/// <param name="IsSliding">Whether each read extends the value's life, so that only the owner may keep it.</param>
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

/// <summary>The kind of reply that the owner of an entry gives a client.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntryStatus")]
public enum EntryStatus
{
    /// <summary>There is a value.</summary>
    Value,

    /// <summary>It is known that there is no value: a fallback found none a short while ago.</summary>
    NotFound,

    /// <summary>Nothing is kept, and nothing that could load a value was called.</summary>
    Nothing,

    /// <summary>The caller has the lease: it has to load the value, and no other caller will until the lease ends.
    /// </summary>
    Leased,

    /// <summary>Another caller or the owner loads the value; the caller has to ask again.</summary>
    Pending,

    /// <summary>The silo does not know the cache, or knows it by another definition; the caller has to declare it and
    /// ask again.</summary>
    Undeclared,
}

/// <summary>The result for one entry of a batch.</summary>
/// <param name="Reply">The reply of the entry's owner; null when the call failed.</param>
/// <param name="Error">Why the call failed; null when it succeeded.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.EntryResult")]
public sealed record EntryResult([property: Id(0)] EntryReply? Reply, [property: Id(1)] Exception? Error = null);
