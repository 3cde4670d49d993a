using CacheOrleans.Slack.Messages;

namespace CacheOrleans.Slack.Tests.Messages;

public sealed class NoticeTimeTests
{
    [Theory]
    [InlineData("00:00:00", "14:13:05 UTC")]
    [InlineData("00:10:00", "14:03:05 UTC")]
    [InlineData("-00:10:00", "14:13:05 UTC")]
    [InlineData("14:13:06", "2026-02-28 23:59:59 UTC")]
    [InlineData("10675199.02:48:05.4775807", "0001-01-01 00:00:00 UTC")]
    public void Since_SaysTheMomentInUtc(string ago, string text) => Assert.Equal(
        text, NoticeTime.Since(Notices.At.ToOffset(TimeSpan.FromHours(9)), TimeSpan.Parse(ago, null)));

    [Theory]
    [InlineData("00:00:59.9", "59 s")]
    [InlineData("00:12:03", "12 min 3 s")]
    [InlineData("03:12:03", "3 h 12 min")]
    [InlineData("2.03:12:03", "2 d 3 h")]
    [InlineData("-00:00:03", "0 s")]
    public void Length_SaysTheTwoLargestUnits(string length, string text) =>
        Assert.Equal(text, NoticeTime.Length(TimeSpan.Parse(length, null)));
}
