namespace CacheOrleans.Client.Batches;

/// <summary>The responses of the owners of a batch's keys, until the batch handles them.</summary>
internal sealed class BatchRound<TKey>
{
    /// <summary>The keys to load here: under leases, or without a lease if the owner cannot be reached.</summary>
    public List<BatchItem<TKey>> ToLoad { get; } = [];

    /// <summary>The keys to request again.</summary>
    public List<BatchItem<TKey>> ToRequest { get; } = [];

    /// <summary>The keys to request again once their owners know the cache.</summary>
    public List<BatchItem<TKey>> Undeclared { get; } = [];

    /// <summary>The keys whose values cannot be read here.</summary>
    public List<BatchItem<TKey>> Unreadable { get; } = [];

    /// <summary>Whether some owner could not be reached, and there is no fallback to load its key with.</summary>
    public bool IsUnresponsive { get; set; }

    /// <summary>The first error that must be thrown to the caller.</summary>
    public Exception? Error { get; set; }
}
