using System.Net;
using CacheOrleans.Slack.Messages;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Puts an answer that is no <c>ok</c> into words.</summary>
internal static class SlackRefusal
{
    private const int MaxBody = 100;

    /// <summary>Tells the status, Slack's own words for why, and what they mean where that is known.</summary>
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
            => "the webhook is disabled, removed or misspelt",
        "no_team" or "team_disabled" => "the webhook's workspace is gone or disabled",
        "channel_not_found" or "channel_is_archived" => "the webhook's channel is gone",
        "user_not_found" => "the webhook's user is gone",
        "action_prohibited" or "posting_to_general_channel_denied"
            => "the workspace's administrators forbid the webhook to post there",
        "rollup_error" => "Slack failed",
        _ => null,
    };
}
