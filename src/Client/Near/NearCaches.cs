using CacheOrleans.Client.Coherence;

namespace CacheOrleans.Client.Near;

/// <summary>The near caches of a client, one for each cache that has copies.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NearCaches(NearLimits limits, TimeProvider clock, NearTags tags, SampleGaps gaps)
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
    /// <param name="onSampled">Called for each sampled hit.</param>
    public NearCache<TKey>? Make<TKey>(Action<TKey, NearEntry> onSampled)
        where TKey : notnull
    {
        lock (_lock)
        {
            if (limits.IsNone || _all.Length == MaxCount)
            {
                return null;
            }

            // The table has three parts, and each needs a capacity of at least one.
            var capacity = Math.Max(3, limits.MaxEntries);
            var cache = new NearCache<TKey>(capacity, _budget, clock, tags, gaps, onSampled);
            _all = [.. _all, cache];
            return cache;
        }
    }

    /// <summary>Whether a copy is valid.</summary>
    public bool IsValid(NearEntry entry) => entry.IsValid(clock.GetTimestamp(), tags);

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
