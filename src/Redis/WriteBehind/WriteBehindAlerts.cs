using CacheOrleans.Alerts;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Raises alerts for writes that are lost because the queue is full.</summary>
/// <remarks>The queue serializes access.</remarks>
internal sealed class WriteBehindAlerts(IAlerts alerts)
{
    private InvalidOperationException? _noRoom; // one instance for all overflows: thousands may occur

    public void OnOverflow(string cache, int capacity) => alerts.OnFailure(cache, AlertStage.Store, _noRoom ??= new(
        $"{capacity} values wait for Redis and the queue is full; the oldest value is dropped."));

    public void OnEnded(string cache, int capacity) => alerts.OnFailure(
        cache,
        AlertStage.Store,
        new InvalidOperationException($"{capacity} removes wait for Redis and the queue is full; all values that Redis "
            + "has of the cache count as missing now."));
}
