using System.Globalization;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Slack.Tests.Delivery;

public sealed class SlackRetryTests
{
    public static TheoryData<string> PassingTroubles =>
        ["500", "502", "503", "504", "408", "429", "cut", "cut midway", "hang", "hang midway"];

    public static TheoryData<string> WaysToAskForThreeSeconds => ["seconds", "date", "body", "503", "shorter body"];

    [Theory]
    [MemberData(nameof(PassingTroubles))]
    public async Task DeliverAsync_TransientFailure_DeliversTheSameMessage(string trouble)
    {
        await using var slack = await TestSlack.LaunchAsync(settings: ("AttemptTimeout", "00:00:01"));
        slack.Server.Reply(Trouble(trouble), Trouble(trouble));
        await slack.DeliverAsync();

        Assert.Equal(3, slack.Server.Requests.Count);
        Assert.Single(slack.Server.Requests.Select(request => request.Body).Distinct());
        Assert.Equal(2, slack.Logs.Of(6001).Count);
    }

    [Fact]
    public async Task DeliverAsync_ConnectionRefused_RetriesUntilTheDeadline()
    {
        await using var slack = await TestSlack.LaunchAsync();
        await slack.Server.DisposeAsync();
        await using var delivery = slack.Begin();
        await Eventually.TrueAsync(() => slack.Logs.Of(6001).Count >= 3, "three attempts have failed");

        var exception = await delivery.CancelledAsync();
        Assert.Contains("refused", exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(WaysToAskForThreeSeconds))]
    public async Task DeliverAsync_RetryAfterThreeSeconds_DeliversOnceAndNotEarlier(string way)
    {
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Reply(WaitThreeSeconds(way));
        await slack.DeliverAsync();

        var requests = slack.Server.Requests;
        Assert.Equal(2, requests.Count);
        Assert.Equal(requests[0].Body, requests[1].Body);
        Assert.True(
            requests[1].At - requests[0].At >= TimeSpan.FromSeconds(3), $"{requests[0].At} and {requests[1].At}");
    }

    [Fact]
    public async Task DeliverAsync_RetryAfterAlmostZero_WaitsTheFirstDelay()
    {
        await using var slack = await TestSlack.LaunchAsync(settings: ("RetryDelay", "00:00:00.500"));
        slack.Server.Reply(SlackReply.Text(429, """{"retry_after":0.001}"""));
        await slack.DeliverAsync();
        Assert.Equal([TimeSpan.FromMilliseconds(500)], Delays(slack));
    }

    [Fact]
    public async Task DeliverAsync_GivenUpDuringRetryAfter_NextMessageWaitsTheRest()
    {
        await using var slack = await TestSlack.LaunchAsync();
        slack.Server.Reply(SlackReply.RateLimited(2));
        await using var delivery = slack.Begin();
        await Eventually.TrueAsync(() => slack.Logs.Of(6001).Count == 1, "the first attempt has failed");
        var exception = await delivery.CancelledAsync();
        Assert.Contains("429 rate_limited", exception.Message, StringComparison.Ordinal);

        await slack.DeliverAsync(Notices.Failing("vehicle"));
        var requests = slack.Server.Requests;
        Assert.Equal(2, requests.Count);
        Assert.Contains("vehicle", requests[1].Title, StringComparison.Ordinal);
        Assert.True(
            requests[1].At - requests[0].At >= TimeSpan.FromSeconds(2), $"{requests[0].At} and {requests[1].At}");
    }

    [Fact]
    public async Task DeliverAsync_RetryAfterAYear_WaitsAnHourAndLogsTheEnd()
    {
        var clock = new FakeTimeProvider(Notices.At);
        await using var slack = await TestSlack.LaunchAsync(clock, ("AttemptTimeout", "00:01:00"));
        slack.Server.Reply(SlackReply.RateLimited(365 * 24 * 60 * 60));
        await using var delivery = slack.Begin();
        await Eventually.TrueAsync(() => slack.Logs.Of(6001).Count == 1, "the first attempt has failed");

        var pause = Assert.Single(slack.Logs.Of(6003));
        Assert.Equal(LogLevel.Warning, pause.Level);
        var until = DateTimeOffset.Parse(pause.GetStructuredStateValue("Until")!, CultureInfo.InvariantCulture);
        Assert.InRange(until - Notices.At, TimeSpan.FromHours(1), TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Single(slack.Server.Requests);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(10)); // advance again if the wait had not begun
                return delivery.IsOver;
            },
            "the message is delivered");
        Assert.Null(await delivery.EndAsync());
        Assert.True(clock.GetUtcNow() < Notices.At.AddHours(4), $"It was delivered at {clock.GetUtcNow()}.");
    }

    [Fact]
    public async Task DeliverAsync_SlackStaysDown_WaitsLongerUpToAMinute()
    {
        var clock = new FakeTimeProvider(Notices.At);
        await using var slack = await TestSlack.LaunchAsync(
            clock, ("RetryDelay", "00:00:01"), ("AttemptTimeout", "00:01:00"));
        slack.Server.Otherwise = SlackReply.Text(500, "");
        await using var delivery = slack.Begin();
        await Eventually.TrueAsync(
            () =>
            {
                var delays = Delays(slack);
                if (delays.Count > 0 && delays.Count >= slack.Server.Requests.Count)
                {
                    clock.Advance(delays[^1]); // repeated if the wait has not begun
                }

                return delays.Count >= 15;
            },
            "15 attempts have failed");
        await delivery.CancelledAsync();

        var waits = Delays(slack);
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1)));
        Assert.InRange(waits[0], TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromMinutes(1), waits.Max());
        Assert.True(waits.Distinct().Count() > 3, string.Join(", ", waits));
    }

    private static List<TimeSpan> Delays(TestSlack slack) =>
    [
        .. slack.Logs.Of(6001).Select(record =>
            TimeSpan.Parse(record.GetStructuredStateValue("Delay")!, CultureInfo.InvariantCulture)),
    ];

    private static SlackReply Trouble(string name) => name switch
    {
        "cut" => SlackReply.Cut,
        "cut midway" => SlackReply.CutMidway,
        "hang" => SlackReply.Hang,
        "hang midway" => SlackReply.HangMidway,
        _ => SlackReply.Text(int.Parse(name, CultureInfo.InvariantCulture), ""),
    };

    private static SlackReply WaitThreeSeconds(string way) => way switch
    {
        "seconds" => SlackReply.RateLimited(3),
        "date" => SlackReply.Text(
            429, "", ("Retry-After", (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(4)).ToString("R"))),
        "body" => SlackReply.Text(429, """{"ok":false,"error":"rate_limited","retry_after":3}"""),
        "503" => SlackReply.Text(503, "", ("Retry-After", "3")),
        "shorter body" => SlackReply.Text(429, """{"retry_after":1}""", ("Retry-After", "3")),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };
}
