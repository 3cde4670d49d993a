namespace CacheOrleans.Storage;

/// <summary>The result of a read of a backing store.</summary>
/// <param name="Status">How the read ended.</param>
/// <param name="Record">The record that was found, with <see cref="StoreReadStatus.Found"/> only.</param>
/// <param name="Failure">The failure, with <see cref="StoreReadStatus.Failed"/> only.</param>
/// <param name="Problem">What is wrong with the record, with <see cref="StoreReadStatus.Unreadable"/> only.</param>
public readonly record struct StoreReadResult(
    StoreReadStatus Status, StoreRecord? Record = null, StoreFailure? Failure = null, string? Problem = null)
{
    /// <summary>The result when nothing is stored under the key.</summary>
    public static StoreReadResult Missing => default;

    /// <summary>Returns the result when a record is stored under the key.</summary>
    public static StoreReadResult Found(StoreRecord record) => new(StoreReadStatus.Found, record);

    /// <summary>Returns the result when this version cannot read the stored bytes as a record, or the record breaks a
    /// limit.</summary>
    /// <param name="problem">What is wrong with the record, in sentences.</param>
    public static StoreReadResult Unreadable(string problem) =>
        new(StoreReadStatus.Unreadable, Problem: problem);

    /// <summary>Returns the result when the store failed.</summary>
    public static StoreReadResult Failed(StoreFailure failure) => new(StoreReadStatus.Failed, Failure: failure);
}

/// <summary>How a read of a backing store ended.</summary>
public enum StoreReadStatus
{
    /// <summary>Nothing is stored under the key.</summary>
    Missing,

    /// <summary>A value or a tombstone is stored under the key; it may have expired.</summary>
    Found,

    /// <summary>The stored bytes cannot be read by this version, or break a limit; this counts as a miss.</summary>
    Unreadable,

    /// <summary>The store failed to answer.</summary>
    Failed,
}
