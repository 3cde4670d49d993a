using System.Diagnostics.Metrics;

namespace CacheOrleans.Bench.Replay;

/// <summary>Counts the fallbacks that our client runs because the cluster does not respond.</summary>
internal sealed class LocalRuns : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly long _before;
    private long _read;

    public LocalRuns()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "CacheOrleans", Name: "cacheorleans.client.local" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => _read += count);
        _listener.Start();
        _before = Read();
    }

    /// <summary>Returns the number of runs since this object was created.</summary>
    public int Read()
    {
        _read = 0;
        _listener.RecordObservableInstruments();
        return (int)(_read - _before);
    }

    public void Dispose() => _listener.Dispose();
}
