using CacheOrleans.Testing;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Slack.Tests.Delivery;

/// <summary>The webhook's address appears only in the request.</summary>
public sealed class SlackSecrecyTests
{
    public static TheoryData<string> Troubles =>
    [
        "none", "nobody there", "hang", "cut", "cut midway", "500", "500 that repeats it", "404 that repeats it",
        "200 that repeats it", "429", "redirect to it",
    ];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Failure_OfAnyKind_ShowsNoAddress(string trouble)
    {
        using var telemetry = new TelemetryRecorder();
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Otherwise = Reply(trouble, slack.Server.Url);
        var url = slack.Server.Url;
        if (trouble == "nobody there")
        {
            await slack.Server.DisposeAsync();
        }

        await using var delivery = slack.Begin();
        await Eventually.TrueAsync(
            () => delivery.IsOver
                || slack.Logs.Of(6001).Count > 2
                || (trouble == "hang" && slack.Server.Requests.Count == 1),
            "a delivery was attempted");
        var error = await delivery.EndAsync();

        Assert.Equal(trouble == "none", error is null);
        string[] said = [$"{error}", .. slack.Logs.GetSnapshot().Select(Text), .. telemetry.Lines];
        foreach (var secret in (string[])[url, SlackServer.WebhookPath, SlackServer.WebhookPath.Split('/')[^1]])
        {
            Assert.DoesNotContain(said, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        // The test proves nothing if nothing was recorded.
        Assert.Contains(telemetry.Lines, line => line.StartsWith("http.client.", StringComparison.Ordinal));
        Assert.All(
            slack.Logs.GetSnapshot(),
            record => Assert.StartsWith("CacheOrleans", record.Category, StringComparison.Ordinal));
    }

    private static string Text(FakeLogRecord record) =>
        $"{record} {string.Join(' ', record.StructuredState!)} {string.Join(' ', record.Scopes)} {record.Exception}";

    private static SlackReply Reply(string trouble, string url) => trouble switch
    {
        "hang" => SlackReply.Hang,
        "cut" => SlackReply.Cut,
        "cut midway" => SlackReply.CutMidway,
        "500" => SlackReply.Text(500, ""),
        "429" => SlackReply.Text(429, ""),
        "500 that repeats it" => SlackReply.Text(500, $"{new string('x', 60)} {url}"),
        "404 that repeats it" => SlackReply.Text(404, $"No {url} here, nor {SlackServer.WebhookPath}"),
        "200 that repeats it" => SlackReply.Text(200, $"posted to {url.ToUpperInvariant()}"),
        "redirect to it" => SlackReply.Text(302, "", ("Location", $"{url}?again")),
        _ => SlackReply.Ok,
    };
}
