using System.Diagnostics.Metrics;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Registration;

/// <summary>Publishes the measurements of a client on the meter <c>CacheOrleans</c>, by cache.</summary>
internal sealed class CacheClientMetrics
{
    private readonly CacheLabels _labels = new([]);
    private readonly ClientCaches _caches;
    private readonly Meter _meter;

    public CacheClientMetrics(IMeterFactory meters, string client, ClientCaches caches, NearState near)
    {
        _caches = caches;
        _meter = meters.Create("CacheOrleans", version: null, client.Length == 0 ? null : [new("client", client)]);
        Count("hits", "Reads that a copy in this process answered.", cache => cache.Copies?.Hits ?? 0);
        Count("misses", "Reads that no copy could answer.", cache => cache.Meter.Misses);
        Count("fallbacks", "Runs of callers' fallbacks.", cache => cache.Meter.Fallbacks);
        Count(
            "local",
            "Runs of callers' fallbacks without a lease, because the cluster did not answer.",
            cache => cache.Meter.Locals);
        Count("unreadable", "Values that the serializer could not read.", cache => cache.Meter.Unreadable);
        _meter.CreateObservableGauge(
            "cacheorleans.near.entries",
            () => Measure(cache => cache.Copies?.Count ?? 0),
            "{entry}",
            "Copies in this process.");
        _meter.CreateObservableGauge(
            "cacheorleans.near.bytes", () => near.Caches.Bytes, "By", "About what all copies in this process take.");
    }

    private void Count(string name, string description, Func<ClientCache, long> value) =>
        _meter.CreateObservableCounter(
            $"cacheorleans.client.{name}", () => Measure(value), unit: null, description);

    private IEnumerable<Measurement<long>> Measure(Func<ClientCache, long> value) => _caches.All
        .GroupBy(cache => _labels.Of(cache.Name))
        .Select(caches => new Measurement<long>(
            caches.Sum(value), new KeyValuePair<string, object?>("cache", caches.Key)));
}
