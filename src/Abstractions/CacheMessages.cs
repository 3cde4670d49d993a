namespace CacheOrleans;

/// <summary>The reply to a read.</summary>
/// <param name="Value">The value; null if the key has no value. Callers must not change its bytes.</param>
/// <param name="Source">Where the value came from.</param>
/// <param name="Age">How long ago the value was created; zero or more.</param>
/// <param name="Stamp">The stamp of the operation that created the value, which orders the operations of a key; zero
/// when the owner has never seen an operation on the key.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CacheAnswer")]
public sealed record CacheAnswer(
    [property: Id(0)] byte[]? Value,
    [property: Id(1)] EntrySource Source,
    [property: Id(2)] TimeSpan Age,
    [property: Id(3)] long Stamp)
{
    /// <summary>Whether there is a value.</summary>
    public bool IsFound => Value is not null;
}

/// <summary>Where a reply's value came from.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntrySource")]
public enum EntrySource
{
    /// <summary>The memory of the entry's owner.</summary>
    Memory,

    /// <summary>Redis, read for this call or for an earlier call whose result was shared.</summary>
    Redis,

    /// <summary>The fallback, run for this call or for an earlier call whose result was shared.</summary>
    Fallback,

    /// <summary>Nowhere: the cache has no fallback, and Redis has no value.</summary>
    None,
}

/// <summary>A value to set, with its options.</summary>
/// <param name="Value">The value, which must not be changed afterwards.</param>
/// <param name="TimeToLive">How long the value lives; null: the cache's own time to live. With
/// <paramref name="SlidingExpiration"/>, the longest time it may live.</param>
/// <param name="WriteThrough">Whether to wait until the value is stored in Redis; otherwise the write-behind queue
/// writes it later.</param>
/// <param name="Tags">The value's tags; null if it has none.</param>
/// <param name="SlidingExpiration">How long the value lives after each read; null: reads do not extend its life.
/// </param>
/// <param name="Life">The lifetimes in the caller's definition.</param>
/// <param name="Definition">The fingerprint of the caller's definition; zero: the caller has none and uses that of the
/// silos.</param>
/// <param name="Id">Identifies the set, so that the owner carries it out once although its call is repeated; empty: the
/// call is not repeated.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CacheWrite")]
public sealed record CacheWrite(
    [property: Id(0)] byte[] Value,
    [property: Id(1)] TimeSpan? TimeToLive = null,
    [property: Id(2)] bool WriteThrough = false,
    [property: Id(3)] string[]? Tags = null,
    [property: Id(4)] TimeSpan? SlidingExpiration = null,
    [property: Id(5)] CacheLife? Life = null,
    [property: Id(6)] long Definition = 0,
    [property: Id(7)] Guid Id = default);

/// <summary>The state of a set or a remove when the call returns.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.WriteOutcome")]
public enum WriteOutcome
{
    /// <summary>The owner has applied the operation, and it will be written to Redis when possible. A stopping silo
    /// hands it over to another. If the owner's silo is killed before the operation reaches Redis, it is lost, and the
    /// previous value may be read again for the rest of its life.</summary>
    /// <remarks>If the queue has no room for a waiting value, the value is dropped, and the key is then a miss.
    /// </remarks>
    Queued,

    /// <summary>Redis has applied the operation.</summary>
    Applied,

    /// <summary>A later operation on the key replaced it.</summary>
    Superseded,

    /// <summary>The owner has applied the operation, but Redis does not have it and never will: Redis rejected it
    /// permanently, or the write was dropped because the silo was stopping, the write had expired, or the queue had no
    /// room.</summary>
    NotStored,
}
