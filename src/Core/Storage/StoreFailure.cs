namespace CacheOrleans.Storage;

/// <summary>Why an operation of a backing store failed.</summary>
/// <param name="Kind">What kind of failure it was.</param>
/// <param name="Exception">The driver's exception.</param>
public sealed record StoreFailure(StoreFailureKind Kind, Exception Exception)
{
    /// <summary>Whether it tells of the store's health, and so counts against it; a failure of any kind but
    /// <see cref="StoreFailureKind.Other"/> does.</summary>
    public bool IsTarget => Kind != StoreFailureKind.Other;
}
