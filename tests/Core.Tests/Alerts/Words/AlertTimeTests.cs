using CacheOrleans.Alerts;

namespace CacheOrleans.Core.Tests.Alerts.Words;

public sealed class AlertTimeTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 23, 13, 5, TimeSpan.FromHours(9));

    [Theory]
    [InlineData("00:00:00", "14:13:05 UTC")]
    [InlineData("00:10:00", "14:03:05 UTC")]
    [InlineData("-00:10:00", "14:13:05 UTC")]
    [InlineData("14:13:06", "2026-02-28 23:59:59 UTC")]
    [InlineData("10675199.02:48:05.4775807", "0001-01-01 00:00:00 UTC")]
    public void Since_AnyAge_ReturnsTheTimeInUtc(string ago, string text) =>
        Assert.Equal(text, AlertTime.Since(At, TimeSpan.Parse(ago, null)));
}
