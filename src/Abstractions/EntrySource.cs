namespace CacheOrleans;

/// <summary>Where an answer came from.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntrySource")]
public enum EntrySource
{
    /// <summary>The memory of the entry's owner.</summary>
    Memory,

    /// <summary>Redis, read for this answer or for one that was waited for.</summary>
    Redis,

    /// <summary>The fallback, run for this answer or for one that was waited for.</summary>
    Fallback,

    /// <summary>Nowhere: the cache has no fallback, and Redis has no value.</summary>
    None,
}
