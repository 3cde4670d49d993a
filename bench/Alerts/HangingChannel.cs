using CacheOrleans.Alerts;

namespace CacheOrleans.Bench.Alerts;

/// <summary>A channel that accepts a message and never finishes.</summary>
internal sealed class HangingChannel : IAlertChannel
{
    public string Name => "hanging";

    public TimeSpan Pace => TimeSpan.Zero;

    public Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
}
