namespace CacheOrleans;

/// <summary>What a client asks the owner of an entry for.</summary>
/// <param name="Demand">How far the owner goes.</param>
/// <param name="MaxWait">How long the owner may hold the call while the value is being loaded, before it answers
/// <see cref="EntryStatus.Pending"/>; 0 to 10 seconds.</param>
/// <param name="Holder">Who is told when the value changes, if the caller keeps a copy; null: it keeps none.</param>
/// <param name="NearLease">For how long it may keep the copy, from when it asked.</param>
/// <param name="Refused">The stamp of a value that the caller was given and cannot read: that one, and older ones,
/// count as a miss. Zero: none; <see cref="RefuseAll"/>: all that there is, and the store is not asked.</param>
/// <param name="Awaited">The lease that the caller was told it waits for, when it asks again; an error that has ended
/// it meanwhile is the caller's too. Empty: none.</param>
/// <param name="Tags">The tags of what the caller loads if it is given a lease; null: none. When one of them ends,
/// later callers do not wait for that load.</param>
/// <param name="Definition">The fingerprint of the caller's definition; zero: it has none, and takes that of the silos.
/// </param>
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
    /// <summary>The <see cref="Refused"/> of who wants a new value, whatever there is.</summary>
    public const long RefuseAll = long.MaxValue;
}
