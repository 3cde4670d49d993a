using Microsoft.Extensions.Logging;

namespace CacheOrleans.Redis.Diagnostics;

/// <summary>Counts and logs the outcomes of the queue's writes.</summary>
/// <remarks>The queue serializes access.</remarks>
internal sealed class WriteBehindDiagnostics(RedisMetrics metrics, ILogger<WriteBehindDiagnostics> logger)
{
    private long _droppedWhileFull;

    public void ObserveQueued(Func<int> count) => metrics.ObserveQueued(count);

    public void OnRetried(int count)
    {
        if (count > 0)
        {
            metrics.OnRetried(count);
        }
    }

    public void OnExpired() => metrics.OnDropped("expired", 1);

    public void OnOverflow(int capacity)
    {
        metrics.OnDropped("overflow", 1);
        if (_droppedWhileFull++ == 0)
        {
            Log.QueueFull(logger, capacity);
        }
    }

    /// <summary>Ends an overflow once half of the capacity is free, so that a queue that stays almost full logs only
    /// one line.</summary>
    public void OnTaken(int waiting, int capacity)
    {
        if (_droppedWhileFull > 0 && waiting <= capacity / 2)
        {
            Log.QueueHasRoom(logger, _droppedWhileFull);
            _droppedWhileFull = 0;
        }
    }

    public void OnEnded(string cache, int removes, int capacity)
    {
        metrics.OnDropped("ended", removes);
        Log.CacheEnded(logger, capacity, cache, removes);
    }

    public void OnHandedOver(int writes)
    {
        if (writes > 0)
        {
            metrics.OnHandedOver(writes);
            Log.HandedOver(logger, writes);
        }
    }

    public void OnStopped(int dropped, TimeSpan limit)
    {
        if (dropped > 0)
        {
            metrics.OnDropped("stopped", dropped);
            Log.StoppedUndrained(logger, dropped, limit);
        }
    }
}
