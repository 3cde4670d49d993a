using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Tests.Breaker;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tests.Alerts;

public sealed class LogChannelTests : IDisposable
{
    private static readonly Guid Id = new("00000000-0000-0000-0000-00000000002a");
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(9));

    private readonly LogRecorder _log = new();
    private readonly ILoggerFactory _loggers;

    public LogChannelTests() => _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public async Task Failing_IsAWarning_WithAllThereIsToKnow()
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
            new AlertHeldBack(12345, TimeSpan.FromMinutes(11), 3)));

        Assert.Equal(LogLevel.Warning, level);
        Assert.Equal(
            "Alert: Cache 'user' fails. It began at 2026-01-01 02:45:00Z. "
                + "12,345 held back since 2026-01-01 02:49:00Z on 3 silos. "
                + "A read failed. Silo silo-1, circuit breaker HalfOpen.\n"
                + $"System.IO.IOException: gone ({Id})",
            text.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(AlertNoticeKind.Digest, LogLevel.Warning, "failed more often than was told, and is quiet now.")]
    [InlineData(AlertNoticeKind.Resolved, LogLevel.Information, "is well again.")]
    public async Task Other_SaysSo(AlertNoticeKind kind, LogLevel level, string text)
    {
        var line = await DeliverAsync(new AlertNotice(
            Id, kind, AlertKey.Breaker, At, TimeSpan.Zero, null, new AlertHeldBack(1, TimeSpan.FromHours(1), 1)));

        Assert.Equal(
            (level,
                $"Alert: Circuit breaker 'redis' {text} 1 held back since 2026-01-01 02:00:00Z on 1 silo. ({Id})"),
            line);
    }

    [Fact]
    public async Task Test_SaysThatNothingIsWrong()
    {
        var line = await DeliverAsync(new AlertNotice(
            Id, AlertNoticeKind.Test, AlertKey.Cache("test"), At, TimeSpan.Zero, null, null));

        Assert.Equal((LogLevel.Information, $"Alert: This is a test; nothing is wrong. ({Id})"), line);
    }

    private async Task<(LogLevel Level, string Text)> DeliverAsync(AlertNotice notice)
    {
        var channel = new LogChannel(_loggers.CreateLogger<LogChannel>());
        Assert.Equal(("log", TimeSpan.Zero), (channel.Name, channel.Pace));
        await channel.DeliverAsync(notice, CancellationToken.None);
        return Assert.Single(_log.Lines(1020));
    }
}
