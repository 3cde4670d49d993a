using System.Diagnostics.Metrics;

namespace CacheOrleans.Testing;

public static class MeterFactoryExtensions
{
    /// <summary>Creates a listener to this factory's instruments whose names begin with a prefix; the caller starts
    /// it.</summary>
    public static MeterListener Listener(this IMeterFactory factory, string prefix = "") => new()
    {
        InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory)
                && instrument.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        },
    };
}
