using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Delivers messages on one channel, no faster than its pace, and each no later than its deadline.</summary>
/// <remarks>Its owner makes one call at a time.</remarks>
internal sealed class ChannelDelivery(
    IAlertChannel channel, TimeSpan deadline, Redactor redactor, TimeProvider time)
{
    /// <summary>How long after the deadline a channel may still report why it did not deliver.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private const int MaxReasonLength = 500;

    private readonly TimeSpan _pace = channel.Pace;
    private bool _hasStarted;
    private long _startedAt;

    public string Name { get; } = channel.Name;

    /// <summary>Delivers a message.</summary>
    /// <param name="notice">The message.</param>
    /// <param name="waited">How long the message has waited, which counts towards its deadline.</param>
    /// <param name="stopping">Canceled when the silo stops; only then an exception is thrown.</param>
    /// <returns>Why the message is given up, without secrets; null if it was delivered.</returns>
    public async Task<string?> DeliverAsync(AlertNotice notice, TimeSpan waited, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        try
        {
            await TryAsync(notice, deadline - waited, stopping);
            return null;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return Reason(exception); // a channel is application code, and may succeed with the next message
        }
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

    private string Reason(Exception failure)
    {
        string reason;
        try
        {
            reason = failure is AlertDeliveryException
                ? failure.Message
                : $"{failure.GetType().FullName}: {failure.Message}"; // the message may be of any kind, so add the type
        }
        catch (Exception) // an exception's Message property may throw anything
        {
            reason = $"{failure.GetType().FullName}";
        }

        return TextCut.At(redactor.Redact(reason), MaxReasonLength);
    }
}
