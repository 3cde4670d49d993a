namespace CacheOrleans.Storage;

/// <summary>A failure of an operation of a backing store.</summary>
/// <param name="Kind">The kind of failure.</param>
/// <param name="Exception">The driver's exception.</param>
public sealed record StoreFailure(StoreFailureKind Kind, Exception Exception)
{
    /// <summary>Whether the failure shows that the store is unhealthy, so that the circuit breaker counts it. Every
    /// kind does except <see cref="StoreFailureKind.Other"/>, <see cref="StoreFailureKind.Refusing"/> and
    /// <see cref="StoreFailureKind.Starved"/>.</summary>
    public bool CountsAgainstHealth =>
        Kind is not (StoreFailureKind.Other or StoreFailureKind.Refusing or StoreFailureKind.Starved);

    /// <summary>Whether the failure shows neither that the store is healthy nor that it is not, because the caller was
    /// <see cref="StoreFailureKind.Starved"/>.</summary>
    public bool SaysNothing => Kind == StoreFailureKind.Starved;

    /// <summary>Whether the same operation may succeed later, so that a write is retried. Every kind except
    /// <see cref="StoreFailureKind.Other"/> is transient.</summary>
    public bool IsTransient => Kind != StoreFailureKind.Other;
}
