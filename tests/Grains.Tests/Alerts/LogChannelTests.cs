using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Grains.Tests.Alerts;

public sealed class LogChannelTests
{
    private static readonly Guid Id = new("00000000-0000-0000-0000-00000000002a");
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(9));

    private const string Calm = "Nothing is wrong; somebody wanted to see whether messages arrive.";

    [Fact]
    public async Task Failing_IsAWarning_WithAllDetails()
    {
        var failure = new AlertFailure(
            Guid.Empty,
            AlertStage.Read,
            "A read failed.",
            "System.IO.IOException",
            "System.IO.IOException: gone",
            "silo-1",
            BreakerState.HalfOpen);
        var (level, text) = await DeliverAsync(new AlertNotice(
            Id,
            AlertNoticeKind.Failing,
            AlertKey.Cache("user"),
            At,
            TimeSpan.FromMinutes(15),
            failure,
            new SuppressedFailures(12345, TimeSpan.FromMinutes(11), 3)));

        Assert.Equal(LogLevel.Warning, level);
        Assert.Equal(
            "Alert: Cache 'user': the read from Redis failed. A read failed. Silo: silo-1. "
                + "Error: System.IO.IOException. Redis' breaker: half open. First failure: 02:45:00 UTC. "
                + "Suppressed: 12,345 since 02:49:00 UTC on 3 silos.\n"
                + $"System.IO.IOException: gone ({Id})",
            text.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(AlertNoticeKind.Digest, LogLevel.Warning, " opened 1 more time")]
    [InlineData(AlertNoticeKind.Resolved, LogLevel.Information, ": Redis answers again")]
    public async Task OtherKinds_HaveTheirLevelAndText(AlertNoticeKind kind, LogLevel level, string text)
    {
        var line = await DeliverAsync(new AlertNotice(
            Id,
            kind,
            AlertKey.Breaker,
            At,
            TimeSpan.Zero,
            null,
            new SuppressedFailures(1, TimeSpan.FromHours(1), 1),
            new AlertSituation(AlertOutlook.Works, BreakerState.Closed, 0, null)));

        Assert.Equal(
            (level,
                $"Alert: Breaker 'redis'{text}. Redis has answered since; at 03:00:00 UTC the circuit breaker is "
                    + $"closed. Redis' breaker: closed. Suppressed: 1 since 02:00:00 UTC on 1 silo. ({Id})"),
            line);
    }

    [Fact]
    public async Task ManualChange_IsInformation_AndNamesTheOperator()
    {
        var line = await DeliverAsync(new AlertNotice(
            Id,
            AlertNoticeKind.ManualChange,
            AlertKey.BreakerChange,
            At,
            TimeSpan.Zero,
            null,
            null,
            Change: new ManualChange(Id, BreakerState.Open, BreakerState.Closed, "127.0.0.1", TimeSpan.Zero)));

        Assert.Equal(
            (LogLevel.Information,
                "Alert: Breaker 'redis' was closed manually. Every silo uses Redis again, and all failures are "
                    + "forgotten. This does not say whether Redis answers. Changed by: 127.0.0.1. "
                    + $"Changed at: 03:00:00 UTC. State before: open. ({Id})"),
            line);
    }

    [Fact]
    public async Task Test_SaysThatNothingIsWrong()
    {
        var line = await DeliverAsync(new AlertNotice(
            Id, AlertNoticeKind.Test, AlertKey.Cache("test"), At, TimeSpan.Zero, null, null));

        Assert.Equal((LogLevel.Information, $"Alert: A test: alerts arrive here. {Calm} ({Id})"), line);
    }

    private static async Task<(LogLevel Level, string Text)> DeliverAsync(AlertNotice notice)
    {
        var logger = new FakeLogger<LogChannel>();
        var channel = new LogChannel(logger);
        Assert.Equal(("log", TimeSpan.Zero), (channel.Name, channel.Pace));
        await channel.DeliverAsync(notice, CancellationToken.None);
        var record = Assert.Single(logger.Collector.Of(1020));
        return (record.Level, record.Message);
    }
}
