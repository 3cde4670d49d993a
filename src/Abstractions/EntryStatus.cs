namespace CacheOrleans;

/// <summary>The kind of reply that the owner of an entry gives a client.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntryStatus")]
public enum EntryStatus
{
    /// <summary>There is a value.</summary>
    Value,

    /// <summary>It is known that there is no value: a fallback found none a short while ago.</summary>
    NotFound,

    /// <summary>Nothing is kept, and nothing that could load a value was called.</summary>
    Nothing,

    /// <summary>The caller has the lease: it has to load the value, and no other caller will until the lease ends.
    /// </summary>
    Leased,

    /// <summary>Another caller or the owner loads the value; the caller has to ask again.</summary>
    Pending,

    /// <summary>The silo does not know the cache, or knows it by another definition; the caller has to declare it and
    /// ask again.</summary>
    Undeclared,
}
