using System.Diagnostics.Metrics;

namespace CacheOrleans.Bench.Wire;

/// <summary>Counts the messages that Orleans sends over connections, of all silos and clients in this process.
/// </summary>
internal sealed class WireMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _messages;
    private long _bytes;

    public WireMeter()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Microsoft.Orleans", Name: "orleans-messaging-sent-messages-size" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, size, _, _) => Add(size));
        _listener.SetMeasurementEventCallback<long>((_, size, _, _) => Add(size));
        _listener.Start();
    }

    public Traffic Sent => new(Interlocked.Read(ref _messages), Interlocked.Read(ref _bytes));

    public void Dispose() => _listener.Dispose();

    private void Add(long size)
    {
        Interlocked.Increment(ref _messages);
        Interlocked.Add(ref _bytes, size);
    }
}
