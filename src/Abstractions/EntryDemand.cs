namespace CacheOrleans;

/// <summary>How far the owner of an entry goes for a value that it does not hold.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntryDemand")]
public enum EntryDemand
{
    /// <summary>It reads Redis.</summary>
    Stored,

    /// <summary>It reads Redis, then runs the cache's registered fallback if it has one.</summary>
    Loaded,

    /// <summary>It reads Redis, then has one caller in the cluster load the value under a lease.</summary>
    Leased,
}
