namespace CacheOrleans;

/// <summary>Where a reply's value came from.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntrySource")]
public enum EntrySource
{
    /// <summary>The memory of the entry's owner.</summary>
    Memory,

    /// <summary>Redis, read for this call or for an earlier call whose result was shared.</summary>
    Redis,

    /// <summary>The fallback, run for this call or for an earlier call whose result was shared.</summary>
    Fallback,

    /// <summary>Nowhere: the cache has no fallback, and Redis has no value.</summary>
    None,
}
