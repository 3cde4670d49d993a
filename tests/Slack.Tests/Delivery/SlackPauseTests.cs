using System.Net;
using CacheOrleans.Slack.Delivery;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Slack.Tests.Delivery;

public sealed class SlackPauseTests
{
    private readonly FakeLogger<SlackChannel> _logger = new();
    private readonly FakeTimeProvider _time = new(Notices.At);
    private readonly SlackPause _pause;

    public SlackPauseTests() => _pause = new(_time, _logger);

    [Fact]
    public void Take_LaterEnd_IsLoggedAndAnEarlierOneIsNot()
    {
        Take(30);
        Take(10);
        Assert.Single(_logger.Collector.Of(6003));

        Take(60);
        Assert.Equal(2, _logger.Collector.Of(6003).Count);
        Assert.Contains("2026", _logger.Collector.Of(6003)[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WaitAsync_AYearRequested_EndsAfterAnHour()
    {
        Take(365 * 24 * 60 * 60);
        var wait = _pause.WaitAsync(TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(wait.IsCompletedSuccessfully);
    }

    private void Take(int seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        Assert.NotNull(_pause.Take(response, $$"""{"retry_after":{{seconds}}}"""));
    }
}
