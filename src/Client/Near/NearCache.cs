namespace CacheOrleans.Client.Near;

/// <summary>The copies of one cache's values, independent of the type of its keys.</summary>
internal abstract class NearCache(NearBudget budget)
{
    private long _bytes;

    /// <summary>The approximate number of bytes that the copies take.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The number of copies; reading it counts them.</summary>
    public abstract int Count { get; }

    /// <summary>The approximate number of hits.</summary>
    public abstract long Hits { get; }

    /// <summary>Drops about a tenth of the copies, the least recently used ones.</summary>
    public abstract void Shrink();

    /// <summary>Drops the copies that are no longer valid.</summary>
    public abstract void Sweep();

    /// <summary>Drops all copies.</summary>
    public abstract void Clear();

    /// <summary>Called when a copy has left the table.</summary>
    public void OnRemoved(NearEntry entry) => Add(-entry.Size);

    /// <summary>Called before a copy enters the table.</summary>
    protected void OnAdding(NearEntry entry) => Add(entry.Size);

    private void Add(long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        budget.Add(bytes);
    }
}
