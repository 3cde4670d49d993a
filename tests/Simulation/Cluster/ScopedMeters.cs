using System.Diagnostics.Metrics;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>The meters of a simulated process; nobody listens to them.</summary>
internal sealed class ScopedMeters : IMeterFactory
{
    private readonly Dictionary<string, Meter> _meters = new(StringComparer.Ordinal);

    public Meter Create(MeterOptions options)
    {
        if (!_meters.TryGetValue(options.Name, out var meter))
        {
            options.Scope = this;
            _meters[options.Name] = meter = new Meter(options);
        }

        return meter;
    }

    public void Dispose()
    {
        foreach (var meter in _meters.Values)
        {
            meter.Dispose();
        }
    }
}
