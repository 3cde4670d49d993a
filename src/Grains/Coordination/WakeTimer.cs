using System.Threading.Channels;

namespace CacheOrleans.Grains.Coordination;

/// <summary>Wakes one sleeper: at a time, or at once.</summary>
/// <remarks>Thread-safe. A ring while nobody sleeps ends the next sleep; more of them are one.</remarks>
internal sealed class WakeTimer : IDisposable
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ITimer _timer;

    public WakeTimer(TimeProvider time) =>
        _timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wakes the sleeper.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Sleeps until the time has passed, or somebody rings; it may wake for nothing.</summary>
    public async Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        // Timers count whole milliseconds: rounded down, the sleeper would wake too early, and again, and again.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(atMost.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        await _rings.Reader.ReadAsync(cancellationToken);
    }

    public void Dispose() => _timer.Dispose();
}
