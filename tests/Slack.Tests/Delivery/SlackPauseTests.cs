using System.Net;
using CacheOrleans.Slack.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Slack.Tests.Delivery;

public sealed class SlackPauseTests : IDisposable
{
    private readonly LogRecorder _logs = new();
    private readonly LoggerFactory _loggers;
    private readonly FakeTimeProvider _time = new(Notices.At);
    private readonly SlackPause _pause;

    public SlackPauseTests()
    {
        _loggers = new([_logs]);
        _pause = new(_time, _loggers.CreateLogger<SlackChannel>());
    }

    [Fact]
    public void Take_LaterEnd_IsLoggedAndAnEarlierOneIsNot()
    {
        Take(30);
        Take(10);
        Assert.Single(_logs.Of(6003));

        Take(60);
        Assert.Equal(2, _logs.Of(6003).Count);
        Assert.Contains("2026", _logs.Of(6003)[1].Text, StringComparison.Ordinal);
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

    public void Dispose()
    {
        _loggers.Dispose();
        _logs.Dispose();
    }

    private void Take(int seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        Assert.NotNull(_pause.Take(response, $$"""{"retry_after":{{seconds}}}"""));
    }
}
