namespace CacheOrleans.Storage;

/// <summary>How a write to a backing store ended.</summary>
public enum StoreWriteStatus
{
    /// <summary>The store has the record.</summary>
    Applied,

    /// <summary>The store has a later record under the key and kept it.</summary>
    Superseded,

    /// <summary>The store did not confirm the write; after a timeout it may have been applied nevertheless.</summary>
    Failed,

    /// <summary>The write was not attempted because the breaker is open; it waits in the queue.</summary>
    Held,

    /// <summary>The write was dropped: its entry expired while it waited, or the queue had no more room.</summary>
    Dropped,
}
