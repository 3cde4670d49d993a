using System.Threading.Channels;
using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>The messages that wait for one channel, which delivers them one after another, no faster than its pace.
/// </summary>
/// <remarks>Thread-safe, but for <see cref="RunAsync"/>, of which there is one. Whatever the channel does, it holds up
/// nothing but itself, and a message no longer than the deadline.</remarks>
internal sealed class AlertQueue(
    IAlertChannel channel, int number, TimeSpan deadline, TimeProvider time, AlertDiagnostics diagnostics)
{
    /// <summary>How long a channel has after the deadline to say why it did not deliver.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Channel<(AlertDispatch Dispatch, long AddedAt)> _waiting =
        Channel.CreateUnbounded<(AlertDispatch, long)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly TimeSpan _pace = channel.Pace;
    private bool _hasStarted;
    private long _startedAt;
    private int _count;

    public string Name { get; } = channel.Name;

    /// <summary>How many messages it has not delivered, nor given up.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Has a message delivered in its turn; once the silo stops, it is cancelled.</summary>
    public void Add(AlertDispatch dispatch)
    {
        Interlocked.Increment(ref _count);
        if (!_waiting.Writer.TryWrite((dispatch, time.GetTimestamp())))
        {
            Cancel(dispatch);
        }
    }

    /// <summary>Delivers until the silo stops.</summary>
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
            // The end.
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
            stopping.ThrowIfCancellationRequested(); // what waits is handed out even then
            await TryAsync(dispatch.Notice, deadline - time.GetElapsedTime(addedAt), stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            Cancel(dispatch);
            return;
        }
        catch (Exception exception) // a channel is an application's code, and the next message may fare better
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
            // It came from a listener of the meter or from a logger: it changes nothing for this message or the next.
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
            Volatile.Write(ref _startedAt, time.GetTimestamp()); // for a channel that blocks and does not come back

            // Elsewhere, for a channel may block before its first await; and one may not heed the token.
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
            await either.CancelAsync(); // the wait may have ended, and with it the link, before the channel's token did
        }
    }

    /// <remarks>The thread pool may have been late: the pace counts from when the channel has the message.</remarks>
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
            // Timers count whole milliseconds: rounded down, the delivery would start too early.
            var milliseconds = Math.Ceiling(wait.TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, cancellationToken);
        }
    }

    private AlertDeliveryException Late(Exception? inner) => new($"It was not delivered within {deadline:c}.", inner!);

    private void Cancel(AlertDispatch dispatch)
    {
        Interlocked.Decrement(ref _count);
        dispatch.Cancel();
    }
}
