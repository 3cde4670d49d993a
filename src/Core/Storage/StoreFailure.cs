namespace CacheOrleans.Storage;

/// <summary>Why an operation of a backing store failed.</summary>
/// <param name="Kind">What kind of failure it was.</param>
/// <param name="Exception">The driver's exception.</param>
public sealed record StoreFailure(StoreFailureKind Kind, Exception Exception)
{
    /// <summary>Whether it tells of the store's health, and so counts against it; a failure of any kind but
    /// <see cref="StoreFailureKind.Other"/> and <see cref="StoreFailureKind.Unwilling"/> does.</summary>
    public bool IsTarget => Kind is not (StoreFailureKind.Other or StoreFailureKind.Unwilling);

    /// <summary>Whether the same may succeed later, so that a write is tried again; not so
    /// <see cref="StoreFailureKind.Other"/>.</summary>
    public bool IsTransient => Kind != StoreFailureKind.Other;
}
