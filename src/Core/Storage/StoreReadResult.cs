namespace CacheOrleans.Storage;

/// <summary>What a read of a backing store gave.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Record">What was found, with <see cref="StoreReadStatus.Found"/> only.</param>
/// <param name="Failure">What went wrong, with <see cref="StoreReadStatus.Failed"/> only.</param>
/// <param name="Problem">What is wrong with the record, with <see cref="StoreReadStatus.Unreadable"/> only.</param>
public readonly record struct StoreReadResult(
    StoreReadStatus Status, StoreRecord? Record = null, StoreFailure? Failure = null, string? Problem = null)
{
    /// <summary>Nothing is kept.</summary>
    public static StoreReadResult Missing => default;

    /// <summary>A record is kept.</summary>
    public static StoreReadResult Found(StoreRecord record) => new(StoreReadStatus.Found, record);

    /// <summary>The bytes are not a record that this version can read, or the record breaks a limit.</summary>
    /// <param name="problem">What is wrong with it, in sentences.</param>
    public static StoreReadResult Unreadable(string problem) =>
        new(StoreReadStatus.Unreadable, Problem: problem);

    /// <summary>The store failed.</summary>
    public static StoreReadResult Failed(StoreFailure failure) => new(StoreReadStatus.Failed, Failure: failure);
}
