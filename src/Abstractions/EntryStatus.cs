namespace CacheOrleans;

/// <summary>How the owner of an entry answers a client.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntryStatus")]
public enum EntryStatus
{
    /// <summary>There is a value.</summary>
    Value,

    /// <summary>It is known that there is none: a fallback found nothing a short while ago.</summary>
    NotFound,

    /// <summary>Nothing is kept, and nothing was asked that could load it.</summary>
    Nothing,

    /// <summary>The caller is to load the value, and nobody else is until the lease ends.</summary>
    Leased,

    /// <summary>Somebody loads it; the caller asks again.</summary>
    Pending,

    /// <summary>The silo does not know the cache, or not by the caller's definition; the caller declares it and asks
    /// again.</summary>
    Undeclared,
}
