using CacheOrleans.Alerts;

namespace CacheOrleans.Bench.Alerts;

/// <summary>A channel that takes a message and never comes back.</summary>
internal sealed class HangingChannel : IAlertChannel
{
    public string Name => "hanging";

    public TimeSpan Pace => TimeSpan.Zero;

    public Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
}
