using System.Threading.Channels;
using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>The messages that wait for one channel, which delivers them one after another, no faster than its pace.
/// </summary>
/// <remarks>Thread-safe, except that <see cref="RunAsync"/> must run only once. A slow or failing channel delays only
/// its own messages, and each of them no longer than the deadline.</remarks>
internal sealed class AlertQueue(
    IAlertChannel channel, int number, TimeSpan deadline, TimeProvider time, AlertDiagnostics diagnostics)
{
    /// <summary>How long after the deadline a channel may still report why it did not deliver.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Channel<(AlertDispatch Dispatch, long AddedAt)> _waiting =
        Channel.CreateUnbounded<(AlertDispatch, long)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly TimeSpan _pace = channel.Pace;
    private bool _hasStarted;
    private long _startedAt;
    private int _count;

    public string Name { get; } = channel.Name;

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
        Exception? failure = null;
        try
        {
            stopping.ThrowIfCancellationRequested(); // the reader returns waiting messages even after cancellation
            await TryAsync(dispatch.Notice, deadline - time.GetElapsedTime(addedAt), stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            Cancel(dispatch);
            return;
        }
        catch (Exception exception) // a channel is application code, and may succeed with the next message
        {
            failure = exception;
        }

        var why = failure is null ? null : diagnostics.Reason(failure);
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

    private async Task TryAsync(AlertNotice notice, TimeSpan timeLeft, CancellationToken stopping)
    {
        if (timeLeft <= TimeSpan.Zero)
        {
            throw Late(inner: null);
        }

        using var expiry = new CancellationTokenSource(timeLeft, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, stopping);
        try
        {
            await PaceAsync(either.Token);
            _hasStarted = true;
            Volatile.Write(ref _startedAt, time.GetTimestamp()); // in case the channel blocks and never returns

            // On the thread pool, because a channel may block before its first await; it may also ignore the token.
            var delivery = Task.Run(() => StartAsync(notice, either.Token), CancellationToken.None);
            delivery.Ignore();
            await delivery.WaitAsync(timeLeft + Grace, time, stopping);
        }
        catch (Exception exception) when (expiry.IsCancellationRequested && exception is not AlertDeliveryException)
        {
            throw Late(exception);
        }
        finally
        {
            await either.CancelAsync(); // the wait may have ended before the channel's token was canceled
        }
    }

    /// <remarks>The thread pool may have been late, so the pace counts from when the channel got the message.</remarks>
    private Task StartAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        var delivery = channel.DeliverAsync(notice, cancellationToken);
        Volatile.Write(ref _startedAt, time.GetTimestamp());
        return delivery;
    }

    private async Task PaceAsync(CancellationToken cancellationToken)
    {
        while (_hasStarted && _pace - time.GetElapsedTime(Volatile.Read(ref _startedAt)) is var wait
            && wait > TimeSpan.Zero)
        {
            // Timers count whole milliseconds. Rounded down, the delivery would start too early.
            var milliseconds = Math.Ceiling(wait.TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, cancellationToken);
        }
    }

    private AlertDeliveryException Late(Exception? inner) =>
        new($"The message was not delivered within {deadline:c} (Alerts:DeliveryDeadline).", inner!);

    private void Cancel(AlertDispatch dispatch)
    {
        Interlocked.Decrement(ref _count);
        dispatch.Cancel();
    }
}
