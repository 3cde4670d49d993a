namespace CacheOrleans;

/// <summary>What the owner of an entry has in memory.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntryState")]
public enum EntryState
{
    /// <summary>Nothing that is still valid.</summary>
    Empty,

    /// <summary>A value.</summary>
    Value,

    /// <summary>The knowledge that the fallback found nothing.</summary>
    NotFound,
}
