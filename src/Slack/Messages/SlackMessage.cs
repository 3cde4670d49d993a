using System.Text.Json.Nodes;
using CacheOrleans.Alerts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack.Messages;

/// <summary>Writes alerts in Slack's message format (Block Kit).</summary>
/// <remarks>Secrets have already been removed from the alert.</remarks>
internal sealed class SlackMessage(IOptions<AlertOptions> options, IHostEnvironment host)
{
    /// <summary>The length to which a name is cut, so that the rest of the title fits too.</summary>
    private const int MaxName = 80;

    /// <summary>The maximum length of the text in a notification, which cannot show blocks.</summary>
    private const int MaxText = 300;

    private string Environment => options.Value.Environment ?? host.EnvironmentName;

    /// <summary>Returns the JSON to post.</summary>
    public string Write(AlertNotice notice)
    {
        var title = AlertWords.Title(notice with
        {
            Key = notice.Key with { Name = SlackText.Line(notice.Key.Name, MaxName) },
        });
        var blocks = new JsonArray(
            SlackBlocks.Header(title),
            SlackBlocks.Section(AlertWords.Summary(notice)),
            SlackBlocks.Details(AlertWords.Details(notice).Prepend(("Environment", Environment))));
        if (notice is { Kind: AlertNoticeKind.Failing, Failure.Trace: { } trace })
        {
            blocks.Add(SlackBlocks.Code(trace));
        }

        blocks.Add(SlackBlocks.Context(AlertWords.Footer(notice)));
        return new JsonObject
        {
            ["text"] = SlackText.Escaped($"[{Environment}] {title}", MaxText),
            ["mrkdwn"] = false,
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
            ["blocks"] = blocks,
        }.ToJsonString();
    }
}
