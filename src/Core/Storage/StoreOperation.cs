namespace CacheOrleans.Storage;

/// <summary>What a backing store is asked to do.</summary>
/// <remarks>They are told apart, for a store out of memory answers reads and refuses writes.</remarks>
public enum StoreOperation
{
    /// <summary>A read.</summary>
    Read,

    /// <summary>A write.</summary>
    Write,
}
