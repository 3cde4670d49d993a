using System.Text.Json;
using CacheOrleans.Breaker;
using CacheOrleans.Silo.Http.Breaker;

namespace CacheOrleans.Silo.Tests.Http.Breaker;

public sealed class BreakerOverviewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    [Trait("Row", "B9")]
    public void Of_OpenBreaker_IsFlatJson()
    {
        var opened = new BreakerTransition(
            BreakerState.Closed, BreakerState.Open, TransitionCause.Failures, new(3, 7), TimeSpan.FromSeconds(171.5),
            Attempt: 0, Failures: 11, Caches: 2, Silos: 1);
        var json = Json(new BreakerStatistics(
            new(new(3, 7), BreakerState.Open, 4, TimeSpan.FromSeconds(160.2), TimeSpan.FromSeconds(11.3), 0,
                new BreakerOptions(), 2),
            RecentFailures: 11,
            FailingCaches: ["country", "home"],
            FailingSilos: ["10.0.0.1:11111@154"],
            SinceLastFailure: TimeSpan.FromSeconds(11.25),
            Openings: 1,
            Transitions: [new(Now.AddSeconds(-11.3).AddTicks(5), opened)],
            Silos: [new("10.0.0.1:11111@154", BreakerState.Open, new(3, 7), TimeSpan.FromSeconds(2.5), 11, true)],
            Coordinator: "10.0.0.2:11111@155"));

        Assert.Equal(
            Joined("""
                {"state":"open","version":"3.7","coordinator":"10.0.0.2:11111@155","recentFailures":11,
                "failingCaches":["country","home"],
                "failingSilos":["10.0.0.1:11111@154"],"openedAt":"2026-11-22T10:59:48.7Z","retryAfterSeconds":160.2,
                "lastFailureAt":"2026-11-22T10:59:48.75Z","attempt":0,"openings":1,"settingsVersion":2,
                "settings":{"failureThreshold":11,"samplingDurationSeconds":60,"minimumCaches":2,"quorum":2,
                "breakDurationSeconds":180,"backoffMultiplier":2,"maxBreakDurationSeconds":1800,"jitter":0.1,
                "maxConcurrentProbes":3,"probeTimeoutSeconds":5,"probesToClose":3},
                "transitions":[{"at":"2026-11-22T10:59:48.7Z","from":"closed","to":"open","cause":"failures",
                "failures":11,"caches":2,"silos":1,"breakDurationSeconds":171.5,"attempt":0,"by":null}],
                "silos":[{"silo":"10.0.0.1:11111@154","state":"open","version":"3.7","ageSeconds":2.5,
                "failures":11,"isFailing":true}]}
                """),
            json);
    }

    [Fact]
    public void Of_FreshBreaker_HasNulls()
    {
        var json = JsonDocument.Parse(Json(new BreakerStatistics(
            new(new(1, 0), BreakerState.Closed, 0, null, null, 0, BreakerOptions.Simple, 0), 0, [], [], null, 0, [], [],
            "10.0.0.1:11111@154")))
            .RootElement;

        Assert.Equal("closed", json.GetProperty("state").GetString());
        foreach (var name in new[] { "openedAt", "retryAfterSeconds", "lastFailureAt" })
        {
            Assert.Equal(JsonValueKind.Null, json.GetProperty(name).ValueKind);
        }
    }

    [Fact]
    public void Of_BreakWithoutEnd_IsShown()
    {
        var settings = new BreakerOptions { BreakDuration = TimeSpan.MaxValue, MaxBreakDuration = TimeSpan.MaxValue };
        var json = JsonDocument.Parse(Json(new BreakerStatistics(
            new(new(1, 1), BreakerState.Open, 1, TimeSpan.MaxValue, TimeSpan.Zero, 0, settings, 0),
            0, [], [], null, 1, [], [], "10.0.0.1:11111@154"))).RootElement;

        Assert.True(json.GetProperty("retryAfterSeconds").GetDouble() > 9e11);
    }

    private static string Json(BreakerStatistics statistics) =>
        JsonSerializer.Serialize(BreakerOverview.Of(statistics, Now), JsonSerializerOptions.Web);

    private static string Joined(string lines) => string.Concat(lines.Split('\n', StringSplitOptions.TrimEntries));
}
