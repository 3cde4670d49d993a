using CacheOrleans.Testing;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Slack.Tests.Delivery;

public sealed class SlackChannelTests
{
    [Fact]
    public async Task DeliverAsync_ToSlack_PostsTheMessageOnce()
    {
        await using var slack = await TestSlack.LaunchAsync();
        await slack.DeliverAsync();

        var request = Assert.Single(slack.Server.Requests);
        Assert.Equal(("POST", SlackServer.WebhookPath), (request.Method, request.Path));
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal("Cache 'country': the read from Redis failed", request.Title);
        Assert.Equal(Notices.Failing().Id, request.Message);
        Assert.Empty(slack.Logs.GetSnapshot());
    }

    [Fact]
    public async Task DeliverAsync_SlackIsSlow_WaitsForTheAnswer()
    {
        await using var slack = await TestSlack.LaunchAsync();
        var release = new TaskCompletionSource();
        slack.Server.Reply(SlackReply.Held(release.Task));

        var delivery = slack.DeliverAsync();
        await slack.Server.ReceivedAsync(1);
        Assert.False(delivery.IsCompleted);
        release.SetResult();
        await delivery;
        Assert.Single(slack.Server.Requests);
    }

    [Theory]
    [InlineData(400, "invalid_payload", "400 invalid_payload: Slack does not understand the message")]
    [InlineData(404, "no_service\n", "404 no_service: the webhook is disabled, removed or misspelled")]
    [InlineData(
        410,
        "channel_is_archived",
        "410 channel_is_archived: the webhook's channel does not exist or is archived")]
    [InlineData(403, "", "403")]
    [InlineData(418, "I am a teapot", "418 I am a teapot")]
    [InlineData(200, "no_text", "200 no_text: Slack does not understand the message")]
    [InlineData(200, "", "200")]
    [InlineData(202, "ok", "202 ok")]
    public async Task DeliverAsync_Rejected_GivesUpWithTheReason(int status, string body, string reason)
    {
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Reply(SlackReply.Text(status, body));
        Assert.Equal($"Slack rejected the message: {reason}", (await slack.RefusedAsync()).Message);
        Assert.Single(slack.Server.Requests);
    }

    [Fact]
    public async Task DeliverAsync_RejectedWithALongBody_ShowsTheBeginning()
    {
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Reply(SlackReply.Text(400, $"<html>\r\n{new string('x', 92)}😀{new string('y', 1000)}"));
        Assert.Equal(
            $"Slack rejected the message: 400 <html> {new string('x', 92)}", (await slack.RefusedAsync()).Message);
    }

    [Fact]
    public async Task DeliverAsync_EndlessAnswer_ReadsTheBeginning()
    {
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Reply(SlackReply.Endless);
        Assert.Equal($"Slack rejected the message: 200 {new string('x', 100)}", (await slack.RefusedAsync()).Message);
        Assert.Single(slack.Server.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task DeliverAsync_Redirected_DoesNotFollow(int status)
    {
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Reply(SlackReply.Text(status, "", ("Location", "/elsewhere")));
        Assert.Equal($"Slack rejected the message: {status}", (await slack.RefusedAsync()).Message);
        Assert.Single(slack.Server.Requests);
    }

    [Fact]
    public async Task DeliverAsync_DeadlinePasses_ReportsTheLastAttemptsError()
    {
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Otherwise = SlackReply.Text(503, "overloaded");
        await using var delivery = slack.Begin();
        await Eventually.TrueAsync(() => slack.Logs.Of(6001).Count >= 3, "three attempts have failed");

        var exception = await delivery.CancelledAsync();
        Assert.Matches(
            @"^Slack did not accept the message; \d+ attempts failed, the last one with: 503 overloaded$",
            exception.Message);
    }

    [Fact]
    public async Task DeliverAsync_CancelledWhileSlackHangs_EndsWithoutAReason()
    {
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Otherwise = SlackReply.Hang;
        await using var delivery = slack.Begin();
        await slack.Server.ReceivedAsync(1);

        var exception = await delivery.CancelledAsync();
        Assert.Equal("Slack did not respond.", exception.Message);
    }

    [Fact]
    public async Task DeliverAsync_AfterFailures_LogsTheFirstAndTheEnd()
    {
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Reply(SlackReply.Text(500, "rollup_error"), SlackReply.Text(502, ""), SlackReply.Cut);
        await slack.DeliverAsync();

        Assert.Contains(
            "500 rollup_error: Slack had an internal error",
            Assert.Single(slack.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "after 3 failed attempts",
            Assert.Single(slack.Logs.GetSnapshot(), record => record.Level == LogLevel.Information).Message,
            StringComparison.Ordinal);
        Assert.All(slack.Logs.GetSnapshot(), record =>
        {
            Assert.InRange(record.Id.Id, 6000, 6999);
            Assert.Empty(record.Scopes);
        });
    }
}
