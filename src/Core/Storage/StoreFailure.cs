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
    public bool IsInconclusive => Kind == StoreFailureKind.Starved;

    /// <summary>Whether the same operation may succeed later, so that a write is retried. Every kind except
    /// <see cref="StoreFailureKind.Other"/> is transient.</summary>
    public bool IsTransient => Kind != StoreFailureKind.Other;
}

/// <summary>The kind of a backing store's failure.</summary>
public enum StoreFailureKind
{
    /// <summary>Any other failure, such as a key with a value of another type; the store itself is healthy.</summary>
    Other,

    /// <summary>There was no connection, or it broke.</summary>
    Connection,

    /// <summary>The store did not answer within the time limit.</summary>
    Timeout,

    /// <summary>The store is out of memory (<c>OOM</c>).</summary>
    OutOfMemory,

    /// <summary>The cluster does not serve the key (<c>CLUSTERDOWN</c>, <c>MASTERDOWN</c>).</summary>
    ClusterDown,

    /// <summary>The store is still loading its data (<c>LOADING</c>).</summary>
    Loading,

    /// <summary>The store does not accept the credentials, or they lack a right (<c>NOAUTH</c>, <c>WRONGPASS</c>,
    /// <c>NOPERM</c>).</summary>
    Authentication,

    /// <summary>The store refuses the operation for now, for a temporary reason other than its health (<c>MISCONF</c>,
    /// <c>NOREPLICAS</c>, <c>BUSY</c>, <c>TRYAGAIN</c>).</summary>
    Refusing,

    /// <summary>The store has too many clients (<c>max number of clients</c>).</summary>
    TooManyClients,

    /// <summary>No answer was processed within the time limit, while this process itself had no processor time or no
    /// free thread to process one.</summary>
    Starved,

    /// <summary>Another cluster uses the keys that this one would use.</summary>
    Foreign,
}

/// <summary>The kind of a call to a backing store.</summary>
/// <remarks>Reads and writes are distinguished because a store that is out of memory answers reads and refuses writes.
/// </remarks>
public enum StoreOperation
{
    /// <summary>A read.</summary>
    Read,

    /// <summary>A write.</summary>
    Write,
}
