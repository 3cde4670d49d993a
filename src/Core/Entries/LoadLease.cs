namespace CacheOrleans.Entries;

/// <summary>Leave for one caller to load an entry's value for all.</summary>
/// <typeparam name="T">What the owner ties to it.</typeparam>
public sealed class LoadLease<T>
{
    internal LoadLease(Guid id, LoadStart start, string[]? tags, T outcome)
    {
        Id = id;
        Start = start;
        Tags = tags;
        Outcome = outcome;
    }

    /// <summary>What its holder calls it by; no other lease has the same.</summary>
    public Guid Id { get; }

    /// <summary>The state of the entry when it was granted.</summary>
    public LoadStart Start { get; }

    /// <summary>The tags of what it loads; null: none.</summary>
    public string[]? Tags { get; }

    /// <summary>What those who wait for it wait for.</summary>
    public T Outcome { get; }

    /// <summary>Whether it ran out and another lease was granted after it: its value comes late.</summary>
    public bool IsReplaced { get; internal set; }

    /// <summary>When it was granted or last renewed, as a timestamp.</summary>
    internal long RenewedAt { get; set; }
}
