namespace CacheOrleans.Client.Batches;

/// <summary>What became of the keys of a batch that were asked for at one time.</summary>
internal sealed class BatchRound<TKey>
{
    /// <summary>To be loaded here: under leases, or without where owners cannot be reached.</summary>
    public List<BatchItem<TKey>> ToLoad { get; } = [];

    /// <summary>To be asked for again.</summary>
    public List<BatchItem<TKey>> ToAsk { get; } = [];

    /// <summary>Their values cannot be read here.</summary>
    public List<BatchItem<TKey>> Unreadable { get; } = [];

    /// <summary>Whether some owner does not know the cache.</summary>
    public bool IsUndeclared { get; set; }

    /// <summary>Whether some owner could not be reached, and there is nothing to load with.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The first error that is the caller's.</summary>
    public Exception? Error { get; set; }
}
