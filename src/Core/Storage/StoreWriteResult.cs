namespace CacheOrleans.Storage;

/// <summary>What became of one write.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="StoredStamp">The stamp that stands in the store, with <see cref="StoreWriteStatus.Superseded"/>.
/// </param>
/// <param name="Failure">What went wrong, with <see cref="StoreWriteStatus.Failed"/>.</param>
public readonly record struct StoreWriteResult(
    StoreWriteStatus Status, Stamp StoredStamp = default, StoreFailure? Failure = null)
{
    /// <summary>The store has it.</summary>
    public static StoreWriteResult Applied => default;

    /// <summary>It waits, for the breaker is open.</summary>
    public static StoreWriteResult Held => new(StoreWriteStatus.Held);

    /// <summary>It was given up.</summary>
    public static StoreWriteResult Dropped => new(StoreWriteStatus.Dropped);

    /// <summary>Something later stands in the store.</summary>
    public static StoreWriteResult Superseded(Stamp stored) => new(StoreWriteStatus.Superseded, stored);

    /// <summary>The store failed.</summary>
    public static StoreWriteResult Failed(StoreFailure failure) => new(StoreWriteStatus.Failed, Failure: failure);
}
