namespace CacheOrleans;

/// <summary>What the owner of an entry does to get a value that it does not have in memory.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntryDemand")]
public enum EntryDemand
{
    /// <summary>The owner reads Redis.</summary>
    Stored,

    /// <summary>The owner reads Redis, then runs the cache's registered fallback if there is one.</summary>
    Loaded,

    /// <summary>The owner reads Redis, then grants one caller in the cluster a lease to load the value.</summary>
    Leased,
}
