namespace CacheOrleans.Storage;

/// <summary>How a write to a backing store ended.</summary>
public enum StoreWriteStatus
{
    /// <summary>The store has it.</summary>
    Applied,

    /// <summary>The store has something later under the key and kept that.</summary>
    Superseded,

    /// <summary>The store did not take it; whether it did all the same is unknown after a timeout.</summary>
    Failed,

    /// <summary>It was not tried, for the breaker is open; it is held.</summary>
    Held,

    /// <summary>It was given up: its entry expired while it waited, or there was no more room.</summary>
    Dropped,
}
