namespace CacheOrleans.Storage;

/// <summary>What a read of a backing store gave.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Record">What was found, with <see cref="StoreReadStatus.Found"/> only.</param>
/// <param name="Failure">What went wrong, with <see cref="StoreReadStatus.Failed"/> only.</param>
public readonly record struct StoreReadResult(
    StoreReadStatus Status, StoreRecord? Record = null, StoreFailure? Failure = null)
{
    /// <summary>Nothing is kept.</summary>
    public static StoreReadResult Missing => default;

    /// <summary>Bytes are kept that cannot be read.</summary>
    public static StoreReadResult Unreadable => new(StoreReadStatus.Unreadable);

    /// <summary>A record is kept.</summary>
    public static StoreReadResult Found(StoreRecord record) => new(StoreReadStatus.Found, record);

    /// <summary>The store failed.</summary>
    public static StoreReadResult Failed(StoreFailure failure) => new(StoreReadStatus.Failed, Failure: failure);
}
