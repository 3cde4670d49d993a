using System.Net;
using CacheOrleans.Slack.Messages;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Describes responses that are not <c>ok</c>.</summary>
internal static class SlackErrorText
{
    private const int MaxBody = 100;

    /// <summary>Returns the status, Slack's own error text, and its meaning where that is known.</summary>
    public static string Describe(HttpStatusCode status, string body)
    {
        var words = SlackText.Line(body, MaxBody);
        return Meaning(words) is { } meaning ? $"{(int)status} {words}: {meaning}" : $"{(int)status} {words}".TrimEnd();
    }

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
