using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Slack.Tests;

/// <summary>Messages to deliver.</summary>
internal static class Notices
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 14, 13, 5, TimeSpan.Zero);

    public static AlertNotice Failing(string cache = "country") => new(
        new("0e3a7d52-5d0c-4c55-9f57-0d6c1f3b8a11"),
        AlertNoticeKind.Failing,
        AlertKey.Cache(cache),
        At,
        TimeSpan.FromMinutes(12),
        Failure(),
        new SuppressedFailures(12, TimeSpan.FromMinutes(10), 3));

    public static AlertFailure Failure(AlertStage stage = AlertStage.Read) => new(
        new("5b1c9b1e-64d2-4f0c-8f6a-6d5f5a1f9b02"),
        stage,
        "Reading 'country/v1?code=KR' took longer than 250 ms.",
        "System.TimeoutException",
        "System.TimeoutException: No answer within 250 ms.\n   at Store.Read<T>(Key key)",
        "10.0.0.7:11111",
        BreakerState.HalfOpen);
}
