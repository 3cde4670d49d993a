using System.Text.Json.Nodes;
using CacheOrleans.Alerts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack.Messages;

/// <summary>Writes alerts as Slack wants them (Block Kit).</summary>
/// <remarks>Secrets have been taken out before.</remarks>
internal sealed class SlackMessage(IOptions<AlertOptions> options, IHostEnvironment host)
{
    /// <summary>What a notification shows, where there is no room for blocks.</summary>
    private const int MaxText = 300;

    private string Environment => options.Value.Environment ?? host.EnvironmentName;

    /// <summary>Returns the JSON to post.</summary>
    public string Write(AlertNotice notice)
    {
        var title = NoticeWords.Title(notice);
        var blocks = new JsonArray(
            SlackBlocks.Header(title),
            SlackBlocks.Section(NoticeWords.Summary(notice)),
            SlackBlocks.Details(Details(notice)));
        if (notice is { Kind: AlertNoticeKind.Failing, Failure.Trace: { } trace })
        {
            blocks.Add(SlackBlocks.Code(trace));
        }

        blocks.Add(SlackBlocks.Context($"Message {notice.Id}"));
        return new JsonObject
        {
            ["text"] = SlackText.Escaped($"[{Environment}] {title}", MaxText),
            ["mrkdwn"] = false,
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
            ["blocks"] = blocks,
        }.ToJsonString();
    }

    private IEnumerable<(string Name, string Value)> Details(AlertNotice notice)
    {
        yield return ("Environment", Environment);
        if (notice.Failure is { } failure)
        {
            yield return ("Silo", failure.Silo);
            if (failure.ErrorType is { } type)
            {
                yield return ("Error", type);
            }

            yield return ("Redis' breaker", NoticeWords.Breaker(failure.Breaker));
        }

        if (notice.Kind != AlertNoticeKind.Test)
        {
            yield return ("Failing since", NoticeTime.Since(notice.At, notice.FailingFor));
        }

        if (notice.HeldBack is { } heldBack)
        {
            yield return ("Not told", NoticeWords.HeldBack(notice, heldBack));
        }
    }
}
