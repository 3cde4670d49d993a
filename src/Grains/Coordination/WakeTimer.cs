using System.Threading.Channels;
using CacheOrleans.Diagnostics;

namespace CacheOrleans.Grains.Coordination;

/// <summary>Wakes one sleeper, after a time or at once.</summary>
/// <remarks>Thread-safe. A ring while nobody sleeps ends the next sleep at once; several such rings count as one.
/// </remarks>
internal sealed class WakeTimer : IDisposable
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ITimer _timer;

    public WakeTimer(TimeProvider time) =>
        _timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wakes the sleeper.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Sleeps until the time has passed or <see cref="Ring"/> is called; it may also wake without a reason.
    /// </summary>
    public async Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        _timer.Change(TimerLength.RoundUp(atMost), Timeout.InfiniteTimeSpan);
        await _rings.Reader.ReadAsync(cancellationToken);
    }

    public void Dispose() => _timer.Dispose();
}
