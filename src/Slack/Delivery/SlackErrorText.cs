using CacheOrleans.Slack.Messages;
using Polly;
using Polly.Timeout;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Describes why attempts fail, without revealing the webhook's address.</summary>
internal sealed class SlackErrorText(SlackWebhook webhook)
{
    private const int MaxBody = 100;

    /// <summary>Describes a response that is not <c>ok</c>: its status, Slack's own error text, and its meaning where
    /// that is known.</summary>
    public async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var words = SlackText.Line(webhook.Hide(body), MaxBody);
        var text = $"{(int)response.StatusCode} {words}".TrimEnd();
        return Meaning(words) is { } meaning ? $"{text}: {meaning}" : text;
    }

    /// <summary>Describes a failed attempt.</summary>
    public async ValueTask<string> DescribeAsync(
        Outcome<HttpResponseMessage> outcome, CancellationToken cancellationToken) => outcome switch
        {
            { Result: { } response } => await DescribeAsync(response, cancellationToken).ConfigureAwait(false),
            { Exception: TimeoutRejectedException exception } => FormattableString.Invariant(
                $"no response within {exception.Timeout.TotalSeconds:0.###} s"),
            { Exception: { } exception } => webhook.Hide(exception.GetBaseException().Message),
            _ => "no response",
        };

    private static string? Meaning(string words) => words switch
    {
        "invalid_payload" or "no_text" or "missing_text_or_fallback_or_attachments"
            => "Slack does not understand the message",
        "invalid_blocks" or "invalid_blocks_format" or "too_many_attachments"
            => "Slack does not accept the message's layout",
        "no_service" or "no_service_id" or "no_active_hooks" or "invalid_token"
            => "the webhook is disabled, removed or misspelled",
        "no_team" or "team_disabled" => "the webhook's workspace no longer exists or is disabled",
        "channel_not_found" or "channel_is_archived" => "the webhook's channel does not exist or is archived",
        "user_not_found" => "the webhook's user no longer exists",
        "action_prohibited" or "posting_to_general_channel_denied"
            => "the workspace's administrators forbid the webhook to post there",
        "rollup_error" => "Slack had an internal error",
        _ => null,
    };
}
