namespace CacheOrleans.Entries;

/// <summary>A lease that permits one caller to load an entry's value for all callers.</summary>
/// <typeparam name="T">The type of what the owner attaches to the lease.</typeparam>
public sealed class LoadLease<T>
{
    internal LoadLease(Guid id, LoadStart start, string[]? tags, T outcome)
    {
        Id = id;
        Start = start;
        Tags = tags;
        Outcome = outcome;
    }

    /// <summary>The id by which the lease's holder refers to it; no other lease has the same.</summary>
    public Guid Id { get; }

    /// <summary>The state of the entry when the lease was granted.</summary>
    public LoadStart Start { get; }

    /// <summary>The tags of the value to load; null if it has none.</summary>
    public string[]? Tags { get; }

    /// <summary>The object that the owner attached to the lease, such as the result that other callers await.</summary>
    public T Outcome { get; }

    /// <summary>Whether the lease expired and another lease was granted after it, so that its value arrives late.
    /// </summary>
    public bool IsReplaced { get; internal set; }

    /// <summary>When the lease was granted or last renewed, as a timestamp.</summary>
    internal long RenewedAt { get; set; }
}
