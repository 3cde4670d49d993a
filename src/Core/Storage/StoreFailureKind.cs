namespace CacheOrleans.Storage;

/// <summary>What kind of failure a backing store had.</summary>
public enum StoreFailureKind
{
    /// <summary>Anything else, such as a key that holds another type; the store itself is well.</summary>
    Other,

    /// <summary>No connection, or it broke.</summary>
    Connection,

    /// <summary>No answer within the time limit.</summary>
    Timeout,

    /// <summary>The store is out of memory (<c>OOM</c>).</summary>
    OutOfMemory,

    /// <summary>The cluster does not serve the key (<c>CLUSTERDOWN</c>, <c>MASTERDOWN</c>).</summary>
    ClusterDown,

    /// <summary>The store is still loading its data (<c>LOADING</c>).</summary>
    Loading,

    /// <summary>The store does not accept the credentials, or gives them too few rights (<c>NOAUTH</c>,
    /// <c>WRONGPASS</c>, <c>NOPERM</c>).</summary>
    Authentication,

    /// <summary>The store does not do it for now, for a reason that passes and is not its health (<c>MISCONF</c>,
    /// <c>NOREPLICAS</c>, <c>BUSY</c>, <c>TRYAGAIN</c>).</summary>
    Unwilling,

    /// <summary>The store has too many clients (<c>max number of clients</c>).</summary>
    TooManyClients,

    /// <summary>No answer within the time limit, while this process itself had no processor or no thread to take one.
    /// </summary>
    Starved,

    /// <summary>Another cluster uses the keys that this one would use.</summary>
    Foreign,
}
