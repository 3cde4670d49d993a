using CacheOrleans.Alerts;

namespace CacheOrleans.Simulation.Outside;

/// <summary>What people read: every alert that arrived, and when.</summary>
internal sealed class Chat(Scheduler scheduler) : IAlertChannel
{
    public string Name => "chat";

    public TimeSpan Pace => TimeSpan.FromSeconds(1);

    public List<(TimeSpan At, AlertNotice Notice)> Messages { get; } = [];

    /// <summary>The caches of which a caller knows that a load failed in a silo, or was reported to one.</summary>
    public HashSet<string> Failing { get; } = [];

    /// <summary>The first failing cache without a message about it; null if every one has a message.</summary>
    public string? Unannounced => Failing.FirstOrDefault(cache => !Messages.Exists(message =>
        message.Notice.Kind == AlertNoticeKind.Failing && message.Notice.Key == new AlertKey(AlertClass.Cache, cache)));

    public Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        Messages.Add((scheduler.Now, notice));
        return Task.CompletedTask;
    }
}
