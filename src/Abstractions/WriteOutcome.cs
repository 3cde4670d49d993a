namespace CacheOrleans;

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
