using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CacheOrleans.Grains.Registration;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>The counters of every cache that the silo knows, and their instruments on the meter <c>CacheOrleans</c>.
/// </summary>
internal sealed class CacheMetrics
{
    public const string MeterName = "CacheOrleans";

    private readonly ConcurrentDictionary<string, CacheMeter> _meters = new(StringComparer.Ordinal);

    public CacheMetrics(CacheRegistry registry, IMeterFactory meterFactory)
    {
        foreach (var definition in registry.Definitions)
        {
            _meters[definition.Name] = new CacheMeter();
        }

        var meter = meterFactory.Create(MeterName);
        Observe("requests", "Reads that owners were asked for.", counters => counters.Requests);
        Observe("memory", "Reads answered from an owner's memory.", counters => counters.Memory);
        Observe("redis", "Loads that ended with a value from Redis.", counters => counters.Redis);
        Observe("fallback", "Runs of the fallback.", counters => counters.Fallback);
        Observe("shared", "Reads that waited for another read's load.", counters => counters.Shared);
        Observe("skipped", "Loads that left Redis out.", counters => counters.Skipped);
        Observe("errors", "Failures of Redis and of the fallback.", counters => counters.Errors);

        void Observe(string name, string description, Func<CacheCounters, long> value) =>
            meter.CreateObservableCounter(
                $"cacheorleans.cache.{name}", () => Measure(value), unit: null, description);
    }

    public CacheMeter this[string cache] => _meters.GetOrAdd(cache, _ => new CacheMeter());

    public Dictionary<string, CacheCounters> Read() =>
        _meters.ToDictionary(pair => pair.Key, pair => pair.Value.Read());

    private IEnumerable<Measurement<long>> Measure(Func<CacheCounters, long> value) => _meters.Select(pair =>
        new Measurement<long>(value(pair.Value.Read()), new KeyValuePair<string, object?>("cache", pair.Key)));
}
