using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests;

/// <summary>A meter factory for one test, which sums what its counters record.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly ConcurrentDictionary<string, long> _sums = new(StringComparer.Ordinal);
    private readonly MeterListener _listener;

    public TestMeters()
    {
        _listener = this.Listener();
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
            _sums.AddOrUpdate(Name(instrument, tags), count, (_, sum) => sum + count));
        _listener.Start();
    }

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>The sum of a counter, with its tags' values in their order: <c>name/value/value</c>.</summary>
    public long Sum(string name) => _sums.GetValueOrDefault(name);

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var (_, value) in tags)
        {
            name += $"/{value}";
        }

        return name;
    }
}
