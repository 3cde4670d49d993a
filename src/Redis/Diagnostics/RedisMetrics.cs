using System.Diagnostics.Metrics;
using CacheOrleans.Definitions;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Diagnostics;

/// <summary>The metrics of this project, on the meter <c>CacheOrleans</c>.</summary>
internal sealed class RedisMetrics
{
    private readonly CacheLabels _labels;
    private readonly Meter _meter;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _handedOver;

    /// <param name="meters">Creates the meter.</param>
    /// <param name="labels">The labels for caches; null: their names, up to the limit on the number of labels.</param>
    public RedisMetrics(IMeterFactory meters, CacheLabels? labels = null)
    {
        _labels = labels ?? new CacheLabels([]);
        _meter = meters.Create("CacheOrleans");
        _failures = _meter.CreateCounter<long>(
            "cacheorleans.redis.failures",
            "{failure}",
            "Reads and batches of writes that failed in Redis, for each cache");
        _unreadable = _meter.CreateCounter<long>(
            "cacheorleans.redis.unreadable",
            "{value}",
            "Values read from Redis that have an unknown format or exceed a limit");
        _dropped = _meter.CreateCounter<long>(
            "cacheorleans.write_behind.dropped", "{write}", "Writes dropped before they reached Redis");
        _retried = _meter.CreateCounter<long>(
            "cacheorleans.write_behind.retried", "{write}", "Writes that failed and wait for another attempt");
        _handedOver = _meter.CreateCounter<long>(
            "cacheorleans.write_behind.handed_over", "{write}", "Writes that a stopping silo handed over to another");
    }

    public void OnFailed(string operation, string cache, StoreFailureKind kind) =>
        _failures.Add(1, new("operation", operation), new("cache", _labels.Of(cache)), new("kind", kind.ToString()));

    public void OnUnreadable(string cache) =>
        _unreadable.Add(1, new KeyValuePair<string, object?>("cache", _labels.Of(cache)));

    public void OnDropped(string reason, int count) =>
        _dropped.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void OnRetried(int count) => _retried.Add(count);

    public void OnHandedOver(int count) => _handedOver.Add(count);

    public void ObserveQueued(Func<int> count) => _meter.CreateObservableUpDownCounter(
        "cacheorleans.write_behind.queued", count, "{write}", "Writes that wait for Redis");
}
