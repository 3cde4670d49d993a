using System.Text.Json;
using System.Text.Json.Nodes;
using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Slack.Messages;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack.Tests.Messages;

public sealed class SlackMessageTests
{
    /// <summary>The message as docs/alerts.md shows it.</summary>
    private const string Example = """
        {
          "text": "[Staging] Cache 'country': the read from Redis failed",
          "mrkdwn": false,
          "unfurl_links": false,
          "unfurl_media": false,
          "blocks": [
            {
              "type": "header",
              "text": {
                "type": "plain_text", "text": "Cache 'country': the read from Redis failed", "emoji": false
              }
            },
            {
              "type": "section",
              "text": {
                "type": "plain_text",
                "text": "Reading 'country/v1?code=KR' took longer than 250 ms.",
                "emoji": false
              }
            },
            {
              "type": "rich_text",
              "elements": [
                {
                  "type": "rich_text_section",
                  "elements": [
                    { "type": "text", "text": "Environment: ", "style": { "bold": true } },
                    { "type": "text", "text": "Staging" },
                    { "type": "text", "text": "\nSilo: ", "style": { "bold": true } },
                    { "type": "text", "text": "10.0.0.7:11111" },
                    { "type": "text", "text": "\nError: ", "style": { "bold": true } },
                    { "type": "text", "text": "System.TimeoutException" },
                    { "type": "text", "text": "\nRedis' breaker: ", "style": { "bold": true } },
                    { "type": "text", "text": "half open" },
                    { "type": "text", "text": "\nFirst failure: ", "style": { "bold": true } },
                    { "type": "text", "text": "14:01:05 UTC" },
                    { "type": "text", "text": "\nSuppressed: ", "style": { "bold": true } },
                    { "type": "text", "text": "12 since 14:03:05 UTC on 3 silos" }
                  ]
                }
              ]
            },
            {
              "type": "rich_text",
              "elements": [
                {
                  "type": "rich_text_preformatted",
                  "elements": [
                    {
                      "type": "text",
                      "text": "System.TimeoutException: No answer within 250 ms.\n   at Store.Read<T>(Key key)"
                    }
                  ]
                }
              ]
            },
            {
              "type": "context",
              "elements": [
                {
                  "type": "plain_text",
                  "text": "Decided at 14:13:05 UTC. Message 0e3a7d52-5d0c-4c55-9f57-0d6c1f3b8a11",
                  "emoji": false
                }
              ]
            }
          ]
        }
        """;

    [Fact]
    [Trait("Row", "A4")]
    public void Write_Failure_ShowsAllDetails()
    {
        var json = Write(Notices.Failing());
        SlackLimits.AssertHeld(json);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Example), JsonNode.Parse(json)), json);
    }

    [Theory]
    [InlineData(AlertStage.Read, AlertClass.Cache, "Cache 'x': the read from Redis failed")]
    [InlineData(AlertStage.Fallback, AlertClass.Cache, "Cache 'x': the fallback failed")]
    [InlineData(AlertStage.Store, AlertClass.Cache, "Cache 'x': the write to Redis failed")]
    [InlineData(AlertStage.Breaker, AlertClass.Breaker, "Breaker 'x' opened")]
    public void Write_Failure_SaysWhatFailed(AlertStage stage, AlertClass kind, string title) =>
        Assert.Equal(title, Title(Write(Notices.Failing() with
        {
            Key = new(kind, "x"),
            Failure = Notices.Failure(stage),
        })));

    [Theory]
    [InlineData(AlertNoticeKind.Digest, "Cache 'country' failed 12 more times", "Nothing has failed lately")]
    [InlineData(AlertNoticeKind.Resolved, "Cache 'country' works again", "It has succeeded since")]
    [InlineData(AlertNoticeKind.Test, "A test: alerts arrive here", "Nothing is wrong")]
    public void Write_OtherKinds_HaveTheirTitleAndSummary(AlertNoticeKind kind, string title, string summary)
    {
        var json = Write(Notices.Failing() with { Kind = kind });
        SlackLimits.AssertHeld(json);
        Assert.Equal(title, Title(json));
        Assert.Contains(summary, json, StringComparison.Ordinal);
        Assert.DoesNotContain("rich_text_preformatted", json, StringComparison.Ordinal);
        Assert.Equal(
            kind != AlertNoticeKind.Test, json.Contains("12 since 14:03:05 UTC on 3 silos", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_ManualChange_NamesTheOperator()
    {
        var json = Write(Notices.Failing() with
        {
            Kind = AlertNoticeKind.ManualChange,
            Key = AlertKey.BreakerChange,
            Failure = null,
            Suppressed = null,
            Change = new(Guid.Empty, BreakerState.Open, BreakerState.Isolated, "<ops>", TimeSpan.FromSeconds(5)),
        });
        SlackLimits.AssertHeld(json);
        Assert.Equal("Breaker 'redis' was isolated manually", Title(json));
        var texts = JsonNode.Parse(json)!["blocks"]![2]!["elements"]![0]!["elements"]!.AsArray()
            .Select(element => (string?)element!["text"]);
        Assert.Equal(
            "Environment: Staging\nChanged by: <ops>\nChanged at: 14:13:00 UTC\nState before: open",
            string.Concat(texts));
    }

    [Fact]
    public void Write_WithoutAFailure_ShowsTheKnownDetails()
    {
        var json = Write(Notices.Failing() with { Failure = null, Suppressed = null });
        SlackLimits.AssertHeld(json);
        Assert.Equal("Cache 'country' failed", Title(json));
        Assert.DoesNotContain("Suppressed", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NamedEnvironment_NamesIt() => Assert.Contains(
        "[production, east]",
        Write(Notices.Failing(), new AlertOptions { Environment = "production, east" }),
        StringComparison.Ordinal);

    [Fact]
    public void Write_TextThatLooksLikeMarkup_IsEscaped()
    {
        var json = Write(Notices.Failing("<!channel> & <http://x|y>"));
        SlackLimits.AssertHeld(json);
        Assert.Equal("Cache '&lt;!channel&gt; &amp; &lt;http://x|y&gt;': the read from Redis failed", Title(json));
    }

    [Theory]
    [InlineData("x", 300)]
    [InlineData("😀", 150)]
    public void Write_LongName_StillSaysWhatFailed(string character, int times)
    {
        var json = Write(Notices.Failing(string.Concat(Enumerable.Repeat(character, times))));
        SlackLimits.AssertHeld(json);
        Assert.EndsWith("': the read from Redis failed", Title(json), StringComparison.Ordinal);
    }

    private static string Write(AlertNotice notice, AlertOptions? options = null) => new SlackMessage(
        Options.Create(options ?? new AlertOptions()),
        new HostingEnvironment { EnvironmentName = "Staging" }).Write(notice);

    private static string Title(string json) => JsonSerializer.Deserialize<JsonElement>(json)
        .GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString()!;
}
