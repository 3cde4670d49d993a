namespace CacheOrleans.Storage;

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
