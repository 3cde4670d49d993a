using CacheOrleans.Alerts;

namespace CacheOrleans.Slack.Tests;

/// <summary>A delivery whose deadline comes when the test says so, and at the latest with the test's end: services
/// wait at their disposal for what they still do.</summary>
internal sealed class TestDelivery : IAsyncDisposable
{
    private readonly CancellationTokenSource _deadline = new();
    private readonly Task _task;

    public TestDelivery(IAlertChannel channel) => _task = channel.DeliverAsync(Notices.Failing(), _deadline.Token);

    public bool IsOver => _task.IsCompleted;

    /// <summary>Lets the deadline come, and returns what the delivery ended with.</summary>
    public async Task<Exception?> EndAsync()
    {
        await _deadline.CancelAsync();
        return await Record.ExceptionAsync(() => _task);
    }

    /// <summary>Lets the deadline come in the midst of the delivery, and returns what it then says.</summary>
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
