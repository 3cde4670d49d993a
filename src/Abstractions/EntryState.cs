namespace CacheOrleans;

/// <summary>What the owner of an entry has in memory.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntryState")]
public enum EntryState
{
    /// <summary>Nothing that still counts.</summary>
    Empty,

    /// <summary>A value.</summary>
    Value,

    /// <summary>That the fallback found nothing.</summary>
    NotFound,
}
