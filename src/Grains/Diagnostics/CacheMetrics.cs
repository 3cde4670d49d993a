using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CacheOrleans.Definitions;
using CacheOrleans.Grains.Registration;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>The counters of every cache that the silo knows, and their instruments on the meter <c>CacheOrleans</c>.
/// </summary>
internal sealed class CacheMetrics
{
    public const string MeterName = "CacheOrleans";

    private readonly CacheLabels _labels;
    private readonly ConcurrentDictionary<string, CacheMeter> _meters = new(StringComparer.Ordinal);
    private readonly Lock _forgetting = new();
    private CacheCounters _forgotten = new();

    public CacheMetrics(CacheRegistry registry, CacheLabels labels, IMeterFactory meterFactory)
    {
        _labels = labels;
        foreach (var definition in registry.Definitions)
        {
            _meters[definition.Name] = new CacheMeter();
        }

        var meter = meterFactory.Create(MeterName);
        Observe("requests", "Reads that reached an owner.", counters => counters.Requests);
        Observe("memory", "Reads answered from an owner's memory.", counters => counters.Memory);
        Observe("redis", "Loads that ended with a value from Redis.", counters => counters.Redis);
        Observe("fallback", "Runs of the fallback.", counters => counters.Fallback);
        Observe("shared", "Reads that waited for another read's load.", counters => counters.Shared);
        Observe("skipped", "Loads without Redis, as the breaker was not closed.", counters => counters.Skipped);
        Observe("errors", "Failures of Redis and of the fallback.", counters => counters.Errors);

        void Observe(string name, string description, Func<CacheCounters, long> value) =>
            meter.CreateObservableCounter(
                $"cacheorleans.cache.{name}", () => Measure(value), unit: null, description);
    }

    public CacheMeter this[string cache] => _meters.GetOrAdd(cache, name =>
    {
        _ = _labels.Of(name); // the label is assigned on first use, while labels are left
        return new CacheMeter();
    });

    /// <summary>Removes a cache that is no longer known. Its counts stay in the sum of the caches without a label of
    /// their own.</summary>
    public void Forget(string cache)
    {
        lock (_forgetting)
        {
            if (_labels.Of(cache) == CacheLabels.Rest && _meters.TryRemove(cache, out var meter))
            {
                _forgotten += meter.Read();
            }
        }
    }

    public Dictionary<string, CacheCounters> Read() =>
        _meters.ToDictionary(pair => pair.Key, pair => pair.Value.Read());

    private List<Measurement<long>> Measure(Func<CacheCounters, long> value)
    {
        List<Measurement<long>> measured = [];
        lock (_forgetting)
        {
            var rest = value(_forgotten);
            foreach (var (cache, meter) in _meters)
            {
                var count = value(meter.Read());
                if (_labels.Of(cache) is var label && label == CacheLabels.Rest)
                {
                    rest += count;
                }
                else
                {
                    measured.Add(Of(label, count));
                }
            }

            if (_labels.IsFull)
            {
                measured.Add(Of(CacheLabels.Rest, rest));
            }
        }

        return measured;

        static Measurement<long> Of(string label, long count) =>
            new(count, new KeyValuePair<string, object?>("cache", label));
    }
}
