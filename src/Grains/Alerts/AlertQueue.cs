using System.Threading.Channels;

namespace CacheOrleans.Grains.Alerts;

/// <summary>The messages that wait for one channel, which delivers them one after another.</summary>
/// <remarks>Thread-safe, except that <see cref="RunAsync"/> must run only once. A slow or failing channel delays only
/// its own messages.</remarks>
/// <param name="delivery">Delivers the messages.</param>
/// <param name="number">The channel's number among those of a <see cref="AlertDispatch"/>.</param>
/// <param name="diagnostics">Counts and logs the deliveries.</param>
/// <param name="time">The clock.</param>
internal sealed class AlertQueue(
    ChannelDelivery delivery, int number, AlertDiagnostics diagnostics, TimeProvider time)
{
    private readonly Channel<(AlertDispatch Dispatch, long AddedAt)> _waiting =
        Channel.CreateUnbounded<(AlertDispatch, long)>(new UnboundedChannelOptions { SingleReader = true });

    private int _count;

    public string Name => delivery.Name;

    /// <summary>The number of messages that are neither delivered nor given up.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Queues a message for delivery; once the silo stops, its delivery is canceled.</summary>
    public void Add(AlertDispatch dispatch)
    {
        Interlocked.Increment(ref _count);
        if (!_waiting.Writer.TryWrite((dispatch, time.GetTimestamp())))
        {
            Cancel(dispatch);
        }
    }

    /// <summary>Delivers messages until the silo stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var (dispatch, addedAt) in _waiting.Reader.ReadAllAsync(stopping))
            {
                await DeliverAsync(dispatch, addedAt, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops.
        }

        _waiting.Writer.Complete();
        while (_waiting.Reader.TryRead(out var left))
        {
            Cancel(left.Dispatch);
        }
    }

    private async Task DeliverAsync(AlertDispatch dispatch, long addedAt, CancellationToken stopping)
    {
        string? why;
        try
        {
            why = await delivery.DeliverAsync(dispatch.Notice, time.GetElapsedTime(addedAt), stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            Cancel(dispatch);
            return;
        }

        try
        {
            diagnostics.OnEnded(Name, dispatch.Notice, why);
        }
        catch (Exception)
        {
            // A listener of the meter or a logger has thrown. That must not affect this message or the next.
        }

        Interlocked.Decrement(ref _count);
        dispatch.OnEnded(number, why);
    }

    private void Cancel(AlertDispatch dispatch)
    {
        Interlocked.Decrement(ref _count);
        dispatch.Cancel();
    }
}
