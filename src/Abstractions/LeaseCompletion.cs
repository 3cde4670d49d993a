namespace CacheOrleans;

/// <summary>The value that the holder of a lease has loaded.</summary>
/// <param name="Lease">The lease's id.</param>
/// <param name="Value">The value, which must not be changed afterwards; null: there is none.</param>
/// <param name="TimeToLive">A time to live for this value only; null: that of the cache.</param>
/// <param name="Tags">Its tags; null: none.</param>
/// <param name="Life">The lifetimes in the caller's definition.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.LeaseCompletion")]
public sealed record LeaseCompletion(
    [property: Id(0)] Guid Lease,
    [property: Id(1)] byte[]? Value,
    [property: Id(2)] TimeSpan? TimeToLive = null,
    [property: Id(3)] string[]? Tags = null,
    [property: Id(4)] CacheLife? Life = null);
