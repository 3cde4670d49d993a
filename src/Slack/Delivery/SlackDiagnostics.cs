using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Logs and describes why attempts fail, without revealing the webhook's address.</summary>
internal sealed class SlackDiagnostics(SlackWebhook webhook, ILogger<SlackChannel> logger)
{
    /// <summary>Records that an attempt failed and another follows.</summary>
    public async ValueTask OnFailedAsync(OnRetryArguments<HttpResponseMessage> args)
    {
        var reason = await DescribeAsync(args.Outcome, args.Context.CancellationToken).ConfigureAwait(false);
        if (!args.Context.Properties.TryGetValue(SlackAttempts.Key, out var attempts))
        {
            return;
        }

        attempts.OnFailed(reason);
        Log.AttemptFailed(logger, attempts.Failed, attempts.Message, reason, args.RetryDelay);
        if (attempts.Failed == 1)
        {
            Log.Retrying(logger, attempts.Message, reason);
        }
    }

    /// <summary>Records that a message was posted.</summary>
    public void OnDelivered(SlackAttempts attempts)
    {
        if (attempts.Failed > 0)
        {
            Log.Delivered(logger, attempts.Message, attempts.Failed);
        }
    }

    /// <summary>Describes a response that is not <c>ok</c>.</summary>
    public async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return SlackErrorText.Describe(response.StatusCode, webhook.Hide(body));
    }

    private async ValueTask<string> DescribeAsync(
        Outcome<HttpResponseMessage> outcome, CancellationToken cancellationToken) => outcome switch
        {
            { Result: { } response } => await DescribeAsync(response, cancellationToken).ConfigureAwait(false),
            { Exception: TimeoutRejectedException exception } => FormattableString.Invariant(
                $"no response within {exception.Timeout.TotalSeconds:0.###} s"),
            { Exception: { } exception } => webhook.Hide(exception.GetBaseException().Message),
            _ => "no response",
        };
}
