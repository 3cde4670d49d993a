using BitFaster.Caching.Lru;

namespace CacheOrleans.Client.Near;

/// <summary>The copies of one cache's values, by typed keys.</summary>
/// <remarks>To find one takes no lock. Changes take one, so that every copy that comes also goes in the count of bytes.
/// </remarks>
internal sealed class NearCache<TKey> : NearCache
    where TKey : notnull
{
    private readonly ConcurrentLruCore<
        TKey, NearEntry, LruItem<TKey, NearEntry>, LruPolicy<TKey, NearEntry>, NearTelemetry<TKey>> _table;
    private readonly TimeProvider _clock;
    private readonly NearTags _tags;
    private readonly Lock _lock = new();
    private readonly NearHits _hits = new();

    public NearCache(int capacity, NearBudget budget, TimeProvider clock, NearTags tags)
        : base(budget)
    {
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

    /// <summary>Finds a copy that counts.</summary>
    public NearEntry? Find(TKey key)
    {
        if (_table.TryGet(key, out var entry) && entry.Counts(_clock.GetTimestamp(), _tags))
        {
            _hits.Add();
            return entry;
        }

        return null;
    }

    /// <summary>Puts a copy in the place of the key's former one.</summary>
    public void Put(TKey key, NearEntry entry)
    {
        lock (_lock)
        {
            OnComing(entry);
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
            if (!pair.Value.Counts(now, _tags))
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
