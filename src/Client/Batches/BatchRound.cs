namespace CacheOrleans.Client.Batches;

/// <summary>What the owners of a batch's keys have answered, until the batch acts on it.</summary>
internal sealed class BatchRound<TKey>
{
    /// <summary>To be loaded here: under leases, or without where owners cannot be reached.</summary>
    public List<BatchItem<TKey>> ToLoad { get; } = [];

    /// <summary>To be asked for again.</summary>
    public List<BatchItem<TKey>> ToAsk { get; } = [];

    /// <summary>To be asked for again when their owners know the cache.</summary>
    public List<BatchItem<TKey>> Undeclared { get; } = [];

    /// <summary>Their values cannot be read here.</summary>
    public List<BatchItem<TKey>> Unreadable { get; } = [];

    /// <summary>Whether some owner could not be reached, and there is nothing to load with.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The first error that is the caller's.</summary>
    public Exception? Error { get; set; }
}
