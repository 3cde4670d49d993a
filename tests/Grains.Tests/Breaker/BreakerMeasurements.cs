using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>The measurements of one silo's instruments, of the breaker or of another feature.</summary>
internal sealed class BreakerMeasurements : IDisposable
{
    private readonly string _prefix;
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly ConcurrentDictionary<string, long> _gauges = new();
    private readonly MeterListener _listener;

    public BreakerMeasurements(IServiceProvider silo, string prefix = "cacheorleans.breaker.")
    {
        _prefix = prefix;
        _listener = silo.GetRequiredService<IMeterFactory>().Listener(prefix);
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
            _gauges[Name(instrument.Name, tags)] = value);
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _counts.AddOrUpdate(
            Name(instrument.Name, tags), value, (_, sum) => instrument.IsObservable ? value : sum + value));
        _listener.Start();
    }

    /// <summary>Returns the value of a gauge, or the sum of a counter since listening began.</summary>
    public long Read(string name, params string[] tags)
    {
        _listener.RecordObservableInstruments();
        var full = string.Join(' ', tags.Prepend(_prefix + name));
        return _gauges.TryGetValue(full, out var gauge) ? gauge : _counts.GetValueOrDefault(full);
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
