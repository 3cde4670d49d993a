namespace CacheOrleans.Storage;

/// <summary>How a read of a backing store ended.</summary>
public enum StoreReadStatus
{
    /// <summary>Nothing is kept under the key.</summary>
    Missing,

    /// <summary>A value or a tombstone is kept; it may have expired.</summary>
    Found,

    /// <summary>Something is kept that this version cannot read, or that breaks a limit; it counts as a
    /// miss.</summary>
    Unreadable,

    /// <summary>The store did not answer as it should.</summary>
    Failed,
}
