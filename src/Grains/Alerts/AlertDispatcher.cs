using CacheOrleans.Alerts;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Delivers messages from this silo on every channel.</summary>
/// <remarks>Thread-safe. Only the coordinator's silo delivers messages, and silos that the coordinator does not respond
/// to. Delivery ends when the silo stops: undelivered messages stay in the table that every silo carries, and the next
/// coordinator delivers them.</remarks>
internal sealed class AlertDispatcher : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly AlertQueue[] _queues;
    private readonly CancellationTokenSource _stopping = new();
    private Task _loops = Task.CompletedTask;

    public AlertDispatcher(
        IEnumerable<IAlertChannel> channels,
        IOptions<AlertOptions> options,
        Redactor redactor,
        TimeProvider time,
        AlertDiagnostics diagnostics)
    {
        _queues = [.. channels
            .Where(channel => options.Value.Log || channel is not LogChannel)
            .Select((channel, number) => new AlertQueue(
                new(channel, options.Value.DeliveryDeadline, redactor, time), number, diagnostics, time))];
        diagnostics.ObserveUndelivered(() => _queues.Select(queue => (queue.Name, queue.Count)));
    }

    /// <summary>The channels' names.</summary>
    public IReadOnlyList<string> Channels => [.. _queues.Select(queue => queue.Name)];

    /// <summary>Queues a message for delivery on every channel.</summary>
    public AlertDispatch Send(AlertNotice notice)
    {
        var dispatch = new AlertDispatch(notice, Channels);
        foreach (var queue in _queues)
        {
            queue.Add(dispatch);
        }

        return dispatch;
    }

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe<AlertDispatcher>(ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var stopping = _stopping.Token;
        _loops = Task.WhenAll(_queues.Select(queue =>
            Task.Run(() => queue.RunAsync(stopping), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loops.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();
}
