using CacheOrleans.Alerts;

namespace CacheOrleans.Slack.Tests;

/// <summary>A delivery whose deadline a test triggers, at the latest when the test ends: on disposal, services wait for
/// their running work.</summary>
internal sealed class TestDelivery : IAsyncDisposable
{
    private readonly CancellationTokenSource _deadline = new();
    private readonly Task _task;

    public TestDelivery(IAlertChannel channel) => _task = channel.DeliverAsync(Notices.Failing(), _deadline.Token);

    public bool IsOver => _task.IsCompleted;

    /// <summary>Triggers the deadline, and returns the exception that the delivery ended with.</summary>
    public async Task<Exception?> EndAsync()
    {
        await _deadline.CancelAsync();
        return await Record.ExceptionAsync(() => _task);
    }

    /// <summary>Triggers the deadline during the delivery, and returns the cancellation exception.</summary>
    public async Task<OperationCanceledException> CancelledAsync()
    {
        var exception = Assert.IsType<OperationCanceledException>(await EndAsync());
        Assert.Equal(_deadline.Token, exception.CancellationToken);
        return exception;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _deadline.Dispose();
    }
}
