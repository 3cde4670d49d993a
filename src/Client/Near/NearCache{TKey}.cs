using System.Runtime.CompilerServices;
using BitFaster.Caching.Lru;
using CacheOrleans.Client.Coherence;

namespace CacheOrleans.Client.Near;

/// <summary>The copies of one cache's values, by typed keys.</summary>
/// <remarks>A lookup takes no lock. Changes take one, so that the bytes of every copy that is added are also subtracted
/// when it is dropped.</remarks>
internal sealed class NearCache<TKey> : NearCache
    where TKey : notnull
{
    private readonly ConcurrentLruCore<
        TKey, NearEntry, LruItem<TKey, NearEntry>, LruPolicy<TKey, NearEntry>, NearTelemetry<TKey>> _table;
    private readonly TimeProvider _clock;
    private readonly NearTags _tags;
    private readonly Lock _lock = new();
    private readonly NearHits _hits;
    private readonly Action<TKey, NearEntry> _onSampled;

    public NearCache(
        int capacity,
        NearBudget budget,
        TimeProvider clock,
        NearTags tags,
        SampleGaps gaps,
        Action<TKey, NearEntry> onSampled)
        : base(budget)
    {
        _hits = new(gaps);
        _onSampled = onSampled;
        _clock = clock;
        _tags = tags;
        _table = new(
            Environment.ProcessorCount,
            new FavorWarmPartition(capacity),
            EqualityComparer<TKey>.Default,
            default,
            new NearTelemetry<TKey>(this));
    }

    /// <inheritdoc />
    public override int Count => _table.Count;

    /// <inheritdoc />
    public override long Hits => _hits.Count;

    /// <summary>Finds a valid copy.</summary>
    public NearEntry? Find(TKey key)
    {
        if (_table.TryGet(key, out var entry) && entry.IsValid(_clock.GetTimestamp(), _tags))
        {
            if (_hits.Add())
            {
                Sample(key, entry);
            }

            return entry;
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // so that hits that are not sampled do not pay for it
    private void Sample(TKey key, NearEntry entry)
    {
        _hits.OnSampled();
        _onSampled(key, entry);
    }

    /// <summary>Adds a copy, which replaces the key's previous one.</summary>
    public void Put(TKey key, NearEntry entry)
    {
        lock (_lock)
        {
            OnAdding(entry);
            _table.AddOrUpdate(key, entry);
        }
    }

    /// <inheritdoc />
    public override void Shrink()
    {
        lock (_lock)
        {
            var count = _table.HotCount + _table.WarmCount + _table.ColdCount;
            if (count > 0)
            {
                _table.Trim(Math.Clamp(count / 10, 1, _table.Capacity));
            }
        }
    }

    /// <inheritdoc />
    public override void Sweep()
    {
        var now = _clock.GetTimestamp();
        foreach (var pair in _table)
        {
            if (!pair.Value.IsValid(now, _tags))
            {
                lock (_lock)
                {
                    _table.TryRemove(pair);
                }
            }
        }
    }

    /// <inheritdoc />
    public override void Clear()
    {
        lock (_lock)
        {
            _table.Clear();
        }
    }
}
