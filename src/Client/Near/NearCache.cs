namespace CacheOrleans.Client.Near;

/// <summary>The copies of one cache's values, as far as the type of its keys does not matter.</summary>
internal abstract class NearCache(NearBudget budget)
{
    private long _bytes;

    /// <summary>About how many bytes the copies take.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many copies there are; counts them.</summary>
    public abstract int Count { get; }

    /// <summary>About how many times a copy was found.</summary>
    public abstract long Hits { get; }

    /// <summary>Drops about a tenth of the copies: the least recently used ones.</summary>
    public abstract void Shrink();

    /// <summary>Drops the copies that count no more.</summary>
    public abstract void Sweep();

    /// <summary>Drops all copies.</summary>
    public abstract void Clear();

    /// <summary>A copy has left the table.</summary>
    public void OnGone(NearEntry entry) => Add(-entry.Size);

    /// <summary>A copy is coming into the table.</summary>
    protected void OnComing(NearEntry entry) => Add(entry.Size);

    private void Add(long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        budget.Add(bytes);
    }
}
