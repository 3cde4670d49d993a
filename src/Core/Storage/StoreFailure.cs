namespace CacheOrleans.Storage;

/// <summary>Why an operation of a backing store failed.</summary>
/// <param name="Kind">What kind of failure it was.</param>
/// <param name="Exception">The driver's exception.</param>
public sealed record StoreFailure(StoreFailureKind Kind, Exception Exception)
{
    /// <summary>Whether it tells of the store's health, and so counts against it; a failure of any kind but
    /// <see cref="StoreFailureKind.Other"/>, <see cref="StoreFailureKind.Refusing"/> and
    /// <see cref="StoreFailureKind.Starved"/> does.</summary>
    public bool CountsAgainstHealth =>
        Kind is not (StoreFailureKind.Other or StoreFailureKind.Refusing or StoreFailureKind.Starved);

    /// <summary>Whether it says nothing of the store, neither that it is well nor that it is not: the caller was
    /// <see cref="StoreFailureKind.Starved"/>.</summary>
    public bool SaysNothing => Kind == StoreFailureKind.Starved;

    /// <summary>Whether the same may succeed later, so that a write is tried again; not so
    /// <see cref="StoreFailureKind.Other"/>.</summary>
    public bool IsTransient => Kind != StoreFailureKind.Other;
}
