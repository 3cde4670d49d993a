using System.Net;
using CacheOrleans.Slack.Delivery;

namespace CacheOrleans.Slack.Tests.Delivery;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("3", "", 3.0)]
    [InlineData("2.5", "", 2.5)]
    [InlineData(null, """{"retry_after":3}""", 3.0)]
    [InlineData(null, """{"retry_after":0.5,"ok":false}""", 0.5)]
    [InlineData("3", """{"retry_after":7}""", 7.0)]
    [InlineData("7", """{"retry_after":3}""", 7.0)]
    [InlineData("Sun, 01 Mar 2026 14:00:30 GMT", "", 30.0)]
    [InlineData("Sun, 01 Mar 2026 14:00:30 GMT", """{"retry_after":31}""", 31.0)]
    [InlineData("3600", "", 3600.0)]
    [InlineData("3601", "", 3600.0)]
    [InlineData("31536000", "", 3600.0)]
    [InlineData("Mon, 01 Mar 2027 14:00:00 GMT", "", 3600.0)]
    [InlineData("99999999999999999999", "", 3600.0)]
    [InlineData(null, """{"retry_after":1e300}""", 3600.0)]
    public void Read_AnswerWithAWait_ReturnsTheLongestWait(string? header, string body, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(header, body));

    [Theory]
    [InlineData(null, "")]
    [InlineData("0", "")]
    [InlineData("-3", "")]
    [InlineData("soon", "")]
    [InlineData("NaN", "")]
    [InlineData("Sun, 01 Mar 2026 13:59:30 GMT", "")]
    [InlineData(null, "rate_limited")]
    [InlineData(null, "retry_after: 3")]
    [InlineData(null, """{"retry_after":"3"}""")]
    [InlineData(null, """["retry_after"]""")]
    [InlineData(null, """{"retry_after":3""")]
    public void Read_AnswerWithoutAWait_ReturnsNothing(string? header, string body) =>
        Assert.Null(Read(header, body));

    [Fact]
    public void Read_SeveralHeaders_ReturnsTheLongestWait()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("Retry-After", ["", "3", "2"]);

        Assert.Equal(TimeSpan.FromSeconds(3), RetryAfter.Read(response, string.Empty, Now));
    }

    private static TimeSpan? Read(string? header, string body)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", header);
        }

        return RetryAfter.Read(response, body, Now);
    }
}
