using System.Net;
using CacheOrleans.Alerts;
using CacheOrleans.Slack.Messages;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Posts alerts to a channel in Slack.</summary>
/// <remarks>A 200 whose body is no <c>ok</c>, a redirect and most of 4xx are final; all else is tried again. A message
/// whose deadline comes while Slack wants to be left alone is given up at the deadline, and the next waits the rest.
/// </remarks>
internal sealed class SlackChannel(
    SlackMessage message, SlackClient client, SlackPause pause, SlackDiagnostics diagnostics) : IAlertChannel
{
    /// <inheritdoc />
    public string Name => "slack";

    /// <inheritdoc />
    /// <remarks>What Slack allows an incoming webhook.</remarks>
    public TimeSpan Pace => TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    /// <exception cref="OperationCanceledException">The token ended it; the message has the last attempt's reason.
    /// </exception>
    public async Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        var attempts = new SlackAttempts(notice.Id);
        try
        {
            await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            using var response = await client.PostAsync(message.Write(notice), attempts, cancellationToken)
                .ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK
                || (await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Trim() != "ok")
            {
                throw new AlertDeliveryException(
                    "Slack refused the message: "
                    + await diagnostics.DescribeAsync(response, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(attempts.ToString(), exception, cancellationToken);
        }

        diagnostics.OnDelivered(attempts);
    }
}
