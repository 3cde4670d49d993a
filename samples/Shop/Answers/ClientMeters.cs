using System.Diagnostics.Metrics;

namespace CacheOrleans.Shop.Answers;

/// <summary>Reads the client's own counters, which are on the meter <c>CacheOrleans</c>.</summary>
internal sealed class ClientMeters : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<(string Cache, string Instrument), long> _counts = [];

    public ClientMeters()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name.StartsWith("cacheorleans.client.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
            _counts[(CacheOf(tags), instrument.Name)] = count);
        _listener.Start();
    }

    public IReadOnlyList<CacheCounters> Read()
    {
        lock (_lock)
        {
            _listener.RecordObservableInstruments();
            return
            [
                .. _counts.Keys.Select(key => key.Cache).Distinct().Order(StringComparer.Ordinal)
                    .Select(cache => new CacheCounters(
                        cache, Of(cache, "hits"), Of(cache, "misses"), Of(cache, "fallbacks"), Of(cache, "local"))),
            ];
        }
    }

    public void Dispose() => _listener.Dispose();

    private long Of(string cache, string counter) =>
        _counts.GetValueOrDefault((cache, $"cacheorleans.client.{counter}"));

    private static string CacheOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == "cache")
            {
                return $"{value}";
            }
        }

        return string.Empty;
    }
}
