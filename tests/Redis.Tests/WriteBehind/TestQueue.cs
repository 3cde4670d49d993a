using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Redis.WriteBehind;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>A queue with a fake store, a fake gate and a fake clock.</summary>
internal sealed class TestQueue : IAsyncDisposable
{
    private readonly WriteBehindBuffer _buffer;

    public TestQueue(WriteBehindOptions? options = null, IBackingStore? store = null)
    {
        var settings = Options.Create(options ?? new());
        var diagnostics = new WriteBehindDiagnostics(new(Meters), Logger);
        var bounds = new WriteBehindBounds(settings, Time, Versions, diagnostics, new(Alerts));
        _buffer = new WriteBehindBuffer(settings, Time, bounds, diagnostics);
        Queue = new(store ?? Store, new(Gate, Alerts), _buffer, new(settings, Time, new Random(1)));
        HandOver = new(_buffer, settings, Time, diagnostics);
    }

    public FakeStore Store { get; } = new();

    public FakeGate Gate { get; } = new();

    public RecordingAlerts Alerts { get; } = new();

    public FakeTimeProvider Time { get; } = new(Writes.Start);

    public TestMeters Meters { get; } = new();

    public FakeLogger<WriteBehindDiagnostics> Logger { get; } = new();

    public RecordingVersions Versions { get; } = new();

    public WriteBehindQueue Queue { get; }

    public WriteBehindHandOver HandOver { get; }

    /// <summary>The number of waiting operations.</summary>
    public int Buffered => _buffer.Count;

    public PendingWrite Enqueue(StoreWrite write) => Queue.Enqueue(write);

    /// <summary>Enqueues values of that many prefix, whose texts begin with a prefix.</summary>
    public PendingWrite[] EnqueueMany(int count, string prefix = "") =>
        [.. Enumerable.Range(0, count).Select(i => Enqueue(Writes.Value(Writes.Key($"{prefix}{i}"), 1, [1])))];

    public Task StartAsync() => Queue.StartAsync(CancellationToken.None);

    /// <summary>Lets the clock run until a condition holds.</summary>
    public Task AdvanceUntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(
        () =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(50));
            return condition();
        },
        what);

    public async Task StopAsync()
    {
        var stop = Queue.StopAsync(CancellationToken.None);
        await AdvanceUntilAsync(() => stop.IsCompleted, "the queue has stopped");
        await stop;
    }

    public async ValueTask DisposeAsync()
    {
        Store.Unblock();
        await StopAsync();
        Queue.Dispose();
        Meters.Dispose();
    }
}
