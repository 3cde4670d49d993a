namespace CacheOrleans.Storage;

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
