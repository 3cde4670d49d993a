namespace CacheOrleans;

/// <summary>What the holder of a lease has loaded.</summary>
/// <param name="Lease">The lease's id.</param>
/// <param name="Value">The value, not to be changed afterwards; null: there is none.</param>
/// <param name="TimeToLive">How long it lives, given for this value alone; null: as long as the cache's values do.
/// </param>
/// <param name="Tags">Its tags; null: none.</param>
/// <param name="Life">What the caller's definition says.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.LeaseCompletion")]
public sealed record LeaseCompletion(
    [property: Id(0)] Guid Lease,
    [property: Id(1)] byte[]? Value,
    [property: Id(2)] TimeSpan? TimeToLive = null,
    [property: Id(3)] string[]? Tags = null,
    [property: Id(4)] CacheLife? Life = null);
