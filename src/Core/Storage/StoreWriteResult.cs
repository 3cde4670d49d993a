namespace CacheOrleans.Storage;

/// <summary>The result of one write.</summary>
/// <param name="Status">How the write ended.</param>
/// <param name="StoredStamp">The stamp of the stored record, with <see cref="StoreWriteStatus.Superseded"/>.</param>
/// <param name="Failure">The failure, with <see cref="StoreWriteStatus.Failed"/>.</param>
public readonly record struct StoreWriteResult(
    StoreWriteStatus Status, Stamp StoredStamp = default, StoreFailure? Failure = null)
{
    /// <summary>The result when the store has the record.</summary>
    public static StoreWriteResult Applied => default;

    /// <summary>The result when the write waits because the breaker is open.</summary>
    public static StoreWriteResult Deferred => new(StoreWriteStatus.Deferred);

    /// <summary>The result when the write was dropped.</summary>
    public static StoreWriteResult Dropped => new(StoreWriteStatus.Dropped);

    /// <summary>Returns the result when the store has a later record under the key.</summary>
    public static StoreWriteResult Superseded(Stamp stored) => new(StoreWriteStatus.Superseded, stored);

    /// <summary>Returns the result when the store failed.</summary>
    public static StoreWriteResult Failed(StoreFailure failure) => new(StoreWriteStatus.Failed, Failure: failure);
}

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
    Deferred,

    /// <summary>The write was dropped: its entry expired while it waited, or the queue had no more room.</summary>
    Dropped,
}
