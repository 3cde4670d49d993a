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
/// that lease has ended with an error meanwhile, the caller gets the error too. Empty: none.</param>
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
