using System.Diagnostics.Metrics;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Coherence;
using CacheOrleans.Client.Near;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Registration;

/// <summary>Publishes the measurements of a client on the meter <c>CacheOrleans</c>, by cache.</summary>
internal sealed class CacheClientMetrics
{
    private readonly CacheLabels _labels = new([]);
    private readonly Meter _meter;

    public CacheClientMetrics(IMeterFactory meters, string client)
    {
        _meter = meters.Create("CacheOrleans", version: null, client.Length == 0 ? null : [new("client", client)]);
        Coherence = new(_meter, _labels);
    }

    /// <summary>Counts the results of coherence checks.</summary>
    public CoherenceMeter Coherence { get; }

    /// <summary>Publishes the measurements of caches and copies.</summary>
    public void Publish(ClientCaches caches, NearState near)
    {
        Count(caches, "hits", "Reads that a copy in this process answered.", cache => cache.Copies?.Hits ?? 0);
        Count(caches, "misses", "Reads that no copy could answer.", cache => cache.Meter.Misses);
        Count(caches, "fallbacks", "Runs of callers' fallbacks.", cache => cache.Meter.Fallbacks);
        Count(
            caches,
            "local",
            "Runs of callers' fallbacks without a lease, because the cluster did not answer.",
            cache => cache.Meter.Locals);
        Count(caches, "unreadable", "Values that the serializer could not read.", cache => cache.Meter.Unreadable);
        _meter.CreateObservableGauge(
            "cacheorleans.near.entries",
            () => Measure(caches, cache => cache.Copies?.Count ?? 0),
            "{entry}",
            "Copies in this process.");
        _meter.CreateObservableGauge(
            "cacheorleans.near.bytes", () => near.Caches.Bytes, "By", "About what all copies in this process take.");
    }

    private void Count(ClientCaches caches, string name, string description, Func<ClientCache, long> value) =>
        _meter.CreateObservableCounter(
            $"cacheorleans.client.{name}", () => Measure(caches, value), unit: null, description);

    private IEnumerable<Measurement<long>> Measure(ClientCaches caches, Func<ClientCache, long> value) => caches.All
        .GroupBy(cache => _labels.Of(cache.Name))
        .Select(group => new Measurement<long>(
            group.Sum(value), new KeyValuePair<string, object?>("cache", group.Key)));
}
