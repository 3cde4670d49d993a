using CacheOrleans.Alerts;

namespace CacheOrleans.Simulation.Outside;

/// <summary>What people read: every alert that arrived, and when.</summary>
internal sealed class Chat(Scheduler scheduler) : IAlertChannel
{
    public string Name => "chat";

    public TimeSpan Pace => TimeSpan.FromSeconds(1);

    public List<(TimeSpan At, AlertNotice Notice)> Messages { get; } = [];

    public Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        Messages.Add((scheduler.Now, notice));
        return Task.CompletedTask;
    }
}
