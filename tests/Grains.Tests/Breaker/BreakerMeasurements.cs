using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>What one silo's breaker instruments have measured.</summary>
internal sealed class BreakerMeasurements : IDisposable
{
    private const string Prefix = "cacheorleans.breaker.";

    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly ConcurrentDictionary<string, long> _gauges = new();
    private readonly MeterListener _listener = new();

    public BreakerMeasurements(IServiceProvider silo)
    {
        var factory = silo.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name.StartsWith(Prefix, StringComparison.Ordinal)
                && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) =>
            _gauges[instrument.Name] = value);
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _counts.AddOrUpdate(Name(instrument.Name, tags), value, (_, sum) => sum + value));
        _listener.Start();
    }

    /// <summary>The value of a gauge, or the sum of a counter since this began to listen.</summary>
    public long Read(string name, params string[] tags)
    {
        _listener.RecordObservableInstruments();
        return _gauges.TryGetValue(Prefix + name, out var gauge)
            ? gauge
            : _counts.GetValueOrDefault(string.Join(' ', tags.Prepend(Prefix + name)));
    }

    public void Dispose() => _listener.Dispose();

    private static string Name(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            name += $" {tag.Key}={tag.Value}";
        }

        return name;
    }
}
