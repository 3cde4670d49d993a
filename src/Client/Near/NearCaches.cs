namespace CacheOrleans.Client.Near;

/// <summary>The near caches of a client, one for each cache that has copies.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NearCaches(NearLimits limits, TimeProvider clock, NearTags tags)
{
    /// <summary>The largest number of caches with copies. Beyond it, the application probably creates a definition for
    /// each call.</summary>
    private const int MaxCount = 4096;

    private readonly NearBudget _budget = new(limits.MaxBytes);
    private readonly Lock _lock = new();
    private NearCache[] _all = [];
    private volatile bool _isClosed;

    /// <summary>The approximate number of bytes that all copies take.</summary>
    public long Bytes => _budget.Used;

    /// <summary>Creates a near cache; returns null if the cache gets no copies.</summary>
    public NearCache<TKey>? Make<TKey>()
        where TKey : notnull
    {
        lock (_lock)
        {
            if (limits.IsNone || _all.Length == MaxCount)
            {
                return null;
            }

            // The table has three parts, and each needs a capacity of at least one.
            var cache = new NearCache<TKey>(Math.Max(3, limits.MaxEntries), _budget, clock, tags);
            _all = [.. _all, cache];
            return cache;
        }
    }

    /// <summary>Adds a copy, and drops others while all copies together exceed the budget.</summary>
    public void Put<TKey>(NearCache<TKey> cache, TKey key, NearEntry entry)
        where TKey : notnull
    {
        if (_isClosed || !_budget.Allows(entry.Size))
        {
            return;
        }

        cache.Put(key, entry);
        if (_budget.IsExceeded)
        {
            Shrink();
        }
    }

    /// <summary>Drops the copies that are no longer valid.</summary>
    public void Sweep()
    {
        foreach (var cache in Volatile.Read(ref _all))
        {
            cache.Sweep();
        }
    }

    /// <summary>Drops all copies, and accepts no new ones.</summary>
    public void Close()
    {
        _isClosed = true;
        foreach (var cache in Volatile.Read(ref _all))
        {
            cache.Clear();
        }
    }

    private void Shrink()
    {
        lock (_lock)
        {
            while (_budget.IsTight && _all.MaxBy(cache => cache.Bytes) is { Bytes: > 0 } largest)
            {
                largest.Shrink();
            }
        }
    }
}
