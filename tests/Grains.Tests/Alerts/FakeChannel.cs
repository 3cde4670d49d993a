using System.Collections.Concurrent;
using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>A channel that delivers, waits or fails as a test says, and records when each delivery began.</summary>
internal sealed class FakeChannel(TimeProvider time, string name = "fake") : IAlertChannel
{
    private readonly ConcurrentQueue<(Guid Id, DateTimeOffset At)> _begun = new();

    public string Name => name;

    public TimeSpan Pace { get; init; }

    public IReadOnlyList<(Guid Id, DateTimeOffset At)> Begun => [.. _begun];

    public Func<AlertNotice, CancellationToken, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Waits until the token is cancelled.</summary>
    public static Task HangAsync(CancellationToken cancellationToken) =>
        new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    public Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        _begun.Enqueue((notice.Id, time.GetUtcNow()));
        return Answer(notice, cancellationToken);
    }
}
