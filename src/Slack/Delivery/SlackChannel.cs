using CacheOrleans.Alerts;
using CacheOrleans.Slack.Messages;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Posts alerts to a channel in Slack.</summary>
/// <remarks>A 200 whose body is not <c>ok</c>, a redirect and most 4xx responses are final; every other failure is
/// retried. If a message's deadline passes during a pause that Slack asked for, the message is abandoned at its
/// deadline, and the next message waits for the rest of the pause.</remarks>
internal sealed class SlackChannel(
    SlackMessage message, SlackClient client, SlackPause pause, SlackDiagnostics diagnostics) : IAlertChannel
{
    /// <inheritdoc />
    public string Name => "slack";

    /// <inheritdoc />
    /// <remarks>The rate that Slack allows for an incoming webhook.</remarks>
    public TimeSpan Pace => TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    /// <exception cref="OperationCanceledException">The token was canceled; the exception's message has the reason of
    /// the last attempt's failure.</exception>
    public async Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        var attempts = new SlackAttempts(notice.Id);
        try
        {
            await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            await client.PostAsync(message.Write(notice), attempts, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(attempts.ToString(), exception, cancellationToken);
        }

        diagnostics.OnDelivered(attempts);
    }
}
