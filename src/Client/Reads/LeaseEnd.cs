namespace CacheOrleans.Client.Reads;

/// <summary>How a lease ended without a value for other processes.</summary>
internal enum LeaseEnd
{
    /// <summary>The fallback failed; all waiting callers get its error.</summary>
    Failed,

    /// <summary>The value cannot be serialized; every waiting process loads its own.</summary>
    NotShareable,

    /// <summary>All callers in this process have given up; the next waiting caller gets the lease.</summary>
    Abandoned,
}
