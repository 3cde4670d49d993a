using CacheOrleans.Alerts;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Redis.Diagnostics;

/// <summary>Counts and logs what becomes of the queue's writes, and has people alerted of what is lost for want of
/// room.</summary>
/// <remarks>The queue serialises access.</remarks>
internal sealed class WriteBehindDiagnostics(
    RedisMetrics metrics, ILogger<WriteBehindDiagnostics> logger, IAlerts alerts)
{
    private long _droppedWhileFull;
    private InvalidOperationException? _noRoom; // one for all, which come by the thousand

    public void ObserveQueued(Func<int> count) => metrics.ObserveQueued(count);

    public void OnRetried(int count)
    {
        if (count > 0)
        {
            metrics.OnRetried(count);
        }
    }

    public void OnExpired() => metrics.OnDropped("expired", 1);

    public void OnOverflow(string cache, int capacity)
    {
        metrics.OnDropped("overflow", 1);
        alerts.OnFailure(cache, AlertStage.Store, _noRoom ??= new(
            $"{capacity} writes wait for Redis and there is room for no more; the oldest value is dropped."));
        if (_droppedWhileFull++ == 0)
        {
            Log.QueueFull(logger, capacity);
        }
    }

    /// <summary>Ends a time of overflow once half of the room is free, so that a queue at its brim logs one line.
    /// </summary>
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
        alerts.OnFailure(cache, AlertStage.Store, new InvalidOperationException(
            $"{capacity} removes wait for Redis and there is room for no more; what Redis has of the cache counts as "
            + "missing."));
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
