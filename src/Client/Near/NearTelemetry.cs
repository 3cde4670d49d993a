using BitFaster.Caching;
using BitFaster.Caching.Lru;

namespace CacheOrleans.Client.Near;

/// <summary>Notifies a near cache of the copies that have left its table.</summary>
internal readonly struct NearTelemetry<TKey>(NearCache cache) : ITelemetryPolicy<TKey, NearEntry>
    where TKey : notnull
{
    /// <inheritdoc />
    public event EventHandler<ItemRemovedEventArgs<TKey, NearEntry>>? ItemRemoved
    {
        add => throw new NotSupportedException();
        remove => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public event EventHandler<ItemUpdatedEventArgs<TKey, NearEntry>>? ItemUpdated
    {
        add => throw new NotSupportedException();
        remove => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public double HitRatio => 0;

    /// <inheritdoc />
    public long Total => 0;

    /// <inheritdoc />
    public long Hits => 0;

    /// <inheritdoc />
    public long Misses => 0;

    /// <inheritdoc />
    public long Evicted => 0;

    /// <inheritdoc />
    public long Updated => 0;

    /// <summary>Counts nothing, because a copy that the table finds may no longer be valid.</summary>
    public void IncrementHit()
    {
    }

    /// <inheritdoc cref="IncrementHit" />
    public void IncrementMiss()
    {
    }

    /// <inheritdoc />
    public void OnItemRemoved(TKey key, NearEntry value, ItemRemovedReason reason) => cache.OnRemoved(value);

    /// <inheritdoc />
    public void OnItemUpdated(TKey key, NearEntry oldValue, NearEntry value) => cache.OnRemoved(oldValue);

    /// <inheritdoc />
    public void SetEventSource(object source)
    {
    }
}
