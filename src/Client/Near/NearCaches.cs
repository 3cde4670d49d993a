namespace CacheOrleans.Client.Near;

/// <summary>The near caches of a client, one for each cache that it keeps copies of.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NearCaches(NearLimits limits, TimeProvider clock, NearTags tags)
{
    /// <summary>Beyond this many, caches have no copies: somebody makes a definition for each call.</summary>
    private const int MaxCount = 4096;

    private readonly NearBudget _budget = new(limits.MaxBytes);
    private readonly Lock _lock = new();
    private NearCache[] _all = [];
    private volatile bool _isClosed;

    /// <summary>About how many bytes all copies take.</summary>
    public long Bytes => _budget.Used;

    /// <summary>Makes a near cache; null when there is to be none.</summary>
    public NearCache<TKey>? Make<TKey>()
        where TKey : notnull
    {
        lock (_lock)
        {
            if (limits.IsNone || _all.Length == MaxCount)
            {
                return null;
            }

            // The table has three parts, and none may be empty.
            var cache = new NearCache<TKey>(Math.Max(3, limits.MaxEntries), _budget, clock, tags);
            _all = [.. _all, cache];
            return cache;
        }
    }

    /// <summary>Puts a copy in, and drops others while all together take too much.</summary>
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

    /// <summary>Drops the copies that count no more.</summary>
    public void Sweep()
    {
        foreach (var cache in Volatile.Read(ref _all))
        {
            cache.Sweep();
        }
    }

    /// <summary>Drops all copies, and takes no more.</summary>
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
