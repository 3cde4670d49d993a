using System.Text.Json.Nodes;
using CacheOrleans.Alerts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack.Messages;

/// <summary>Writes alerts as Slack wants them (Block Kit).</summary>
/// <remarks>Secrets have been taken out before.</remarks>
internal sealed class SlackMessage(IOptions<AlertOptions> options, IHostEnvironment host)
{
    /// <summary>How much of a name fits with what is said of it.</summary>
    private const int MaxName = 80;

    /// <summary>What a notification shows, where there is no room for blocks.</summary>
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
