using CacheOrleans.Breaker;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Breaker;

public sealed class CircuitBreakerGrainTests
{
    [Fact]
    public async Task ManualChange_IsAppliedByEverySiloAtOnce()
    {
        await using var cluster = await BreakerCluster.StartAsync(3);

        await cluster.Breaker.IsolateAsync(" ops\n127.0.0.1 ");
        await cluster.AllAsync(BreakerState.Isolated);
        Assert.All(cluster.Silos, silo => Assert.False(silo.Admits));
        await cluster.PassAsync(TimeSpan.FromMinutes(6));
        Assert.All(cluster.Silos, silo => Assert.False(silo.Admits));

        await cluster.Breaker.DisableAsync();
        await cluster.AllAsync(BreakerState.Disabled);
        await cluster[0].FailAsync(50);
        await cluster[1].FailAsync(50);
        await cluster.PassAsync(TimeSpan.FromSeconds(5));
        Assert.All(cluster.Silos, silo => Assert.True(silo.Admits));

        await cluster.Breaker.CloseAsync();
        await cluster.AllAsync(BreakerState.Closed);
        Assert.Equal(
            [
                "The circuit breaker went from Closed to Isolated: changed manually by ops 127.0.0.1.",
                "The circuit breaker went from Isolated to Disabled: changed manually.",
                "The circuit breaker went from Disabled to Closed: changed manually.",
            ],
            cluster.Log.Of(1010).Select(line => line.Message));
        var transitions = (await cluster.Breaker.GetStatsAsync()).Transitions;
        Assert.All(transitions, one => Assert.Equal(TransitionCause.Manual, one.Transition.Cause));
        Assert.Equal([null, null, "ops 127.0.0.1"], transitions.Select(one => one.Transition.By));
    }

    [Fact]
    [Trait("Row", "B9")]
    public async Task Statistics_ShowTheStateAndItsCause()
    {
        await using var cluster = await BreakerCluster.StartAsync(2);
        await cluster[0].FailAsync(3);
        await cluster.PassAsync(TimeSpan.FromSeconds(10));

        var statistics = await cluster.Breaker.GetStatsAsync();

        Assert.Equal(BreakerState.Closed, statistics.Snapshot.State);
        Assert.Equal((3, 0), (statistics.RecentFailures, statistics.Openings));
        Assert.Equal(["plain", "user"], statistics.FailingCaches);
        Assert.Equal(TimeSpan.FromSeconds(10), statistics.SinceLastFailure);
        Assert.Equal([cluster[0].Handle.SiloAddress.ToParsableString()], statistics.FailingSilos);
        Assert.Equal(2, statistics.Silos.Count);
        var settings = statistics.Snapshot.Settings;
        Assert.Equal(
            (11, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(180)),
            (settings.FailureThreshold, settings.SamplingDuration, settings.BreakDuration));
    }

    [Fact]
    [Trait("Row", "B10")]
    public async Task UpdateSettings_AppliesInEverySiloAtOnce()
    {
        await using var cluster = await BreakerCluster.StartAsync(2);

        var settings = await cluster.Breaker.UpdateSettingsAsync(new BreakerChange
        {
            FailureThreshold = 2,
            BreakDuration = TimeSpan.FromSeconds(7),
        });

        Assert.Equal(
            new BreakerOptions { FailureThreshold = 2, BreakDuration = TimeSpan.FromSeconds(7), Jitter = 0 }, settings);
        Assert.Equal(settings, (await cluster.Breaker.GetStatsAsync()).Snapshot.Settings);

        // Without a coordinator, each silo uses the settings that were pushed to it.
        cluster.Filter.Hold();
        await cluster[1].FailAsync(3);
        await Eventually.TrueAsync(
            () =>
            {
                cluster.Time.Advance(SiloBreaker.AnswerTimeout);
                return !cluster[1].Admits;
            },
            "silo 1 is open");
    }

    [Fact]
    [Trait("Row", "B10")]
    public async Task UpdateSettings_Invalid_NamesEachSettingAndChangesNothing()
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        var before = (await cluster.Breaker.GetStatsAsync()).Snapshot;

        var error = await Assert.ThrowsAsync<BreakerSettingsException>(() => cluster.Breaker.UpdateSettingsAsync(
            new BreakerChange { FailureThreshold = 101, SamplingDuration = TimeSpan.Zero }));

        Assert.Equal(["FailureThreshold", "SamplingDuration"], error.Errors.Keys.Order());
        Assert.Equal(before, (await cluster.Breaker.GetStatsAsync()).Snapshot);
    }

    [Fact]
    public async Task Transitions_LastHundred_AreKeptLatestFirst()
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        for (var turn = 0; turn < 51; turn++)
        {
            await cluster.Breaker.IsolateAsync();
            cluster.Time.Advance(TimeSpan.FromMilliseconds(10));
            await cluster.Breaker.CloseAsync();
        }

        var kept = (await cluster.Breaker.GetStatsAsync()).Transitions;

        Assert.Equal(100, kept.Count);
        Assert.Equal(BreakerState.Closed, kept[0].Transition.To);
        Assert.Equal(cluster.Time.GetUtcNow(), kept[0].At);
        Assert.Equal(kept.OrderByDescending(one => one.Transition.Version), kept);
    }

    [Fact]
    public async Task AnyCall_UnknownBackend_NamesTheKnownBackend()
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        var stranger = cluster.Grains.GetGrain<ICircuitBreakerGrain>("postgres");

        Func<Task>[] calls =
        [
            stranger.GetStatsAsync,
            () => stranger.UpdateSettingsAsync(new BreakerChange()),
            () => stranger.IsolateAsync(),
            () => stranger.CloseAsync(),
            () => stranger.DisableAsync(),
        ];

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(call);
            Assert.Contains("'postgres'", error.Message, StringComparison.Ordinal);
            Assert.Contains("'redis'", error.Message, StringComparison.Ordinal);
        }
    }
}
