using CacheOrleans.Breaker;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tests.Breaker;

public sealed class BreakerRecoveryTests
{
    [Fact]
    [Trait("Row", "B6")]
    public async Task SimplePreset_BreakEnds_AdmitsCallsAgain()
    {
        await using var cluster = await BreakerCluster.StartAsync(3, ("Preset", "Simple"));
        await BreakerOpeningTests.OpenAsync(cluster);

        await cluster.PassAsync(TimeSpan.FromSeconds(179.9));
        Assert.All(cluster.Silos, silo => Assert.False(silo.Admits));

        await cluster.PassAsync(TimeSpan.FromSeconds(0.1));
        await cluster.AllAsync(BreakerState.Closed);
        Assert.Equal(0, cluster.Silos.Sum(silo => silo.Store.Probes));
    }

    [Fact]
    [Trait("Row", "B6")]
    public async Task BreakEnded_StoreIsHealthy_ClosesAfterThreeProbes()
    {
        await using var cluster = await BreakerCluster.StartAsync(3);
        await BreakerOpeningTests.OpenAsync(cluster);
        Mend(cluster);
        var before = cluster.Silos.Sum(silo => silo.Store.Reads + silo.Store.Writes);

        await PassUntilAsync(cluster, BreakerState.Closed);

        Assert.Equal(3, cluster.Silos.Sum(silo => silo.Store.Probes));
        Assert.Equal(before, cluster.Silos.Sum(silo => silo.Store.Reads + silo.Store.Writes));
        var statistics = await cluster.Breaker.GetStatsAsync();
        Assert.Equal((1, 0), (statistics.Openings, statistics.RecentFailures));
        Assert.Equal(
            [BreakerState.Closed, BreakerState.HalfOpen, BreakerState.Open],
            statistics.Transitions.Select(one => one.Transition.To));
        Assert.Equal(
            [LogLevel.Warning, LogLevel.Information, LogLevel.Information],
            cluster.Log.Of(1010).Select(line => line.Level));
        Assert.True(await cluster[2].ReadAsync());
    }

    /// <remarks>A store that restarts empty returns nothing for four of five reads.</remarks>
    [Fact]
    public async Task BreakEnded_MostReadsMiss_ClosesAndStaysClosed()
    {
        await using var cluster = await BreakerCluster.StartAsync(3);
        await BreakerOpeningTests.OpenAsync(cluster);
        Mend(cluster);
        var record = new StoreRecord([1], new Stamp(1), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        await PassUntilAsync(cluster, BreakerState.Closed);

        for (var read = 0; read < 100; read++)
        {
            var silo = cluster.Silos[read % 3];
            if (read % 5 == 0)
            {
                silo.Store.Put("key", record);
            }
            else
            {
                silo.Store.Remove("key");
            }

            Assert.True(await silo.ReadAsync(read % 2 == 0 ? "user" : "plain"));
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(10));
        var statistics = await cluster.Breaker.GetStatsAsync();
        Assert.Equal((BreakerState.Closed, 0, 1),
            (statistics.Snapshot.State, statistics.RecentFailures, statistics.Openings));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task WallClockIsAnHourOff_NothingChanges(int hours)
    {
        await using var cluster = await BreakerCluster.StartAsync(3, ("Preset", "Simple"));
        await BreakerOpeningTests.OpenAsync(cluster);
        await cluster.PassAsync(TimeSpan.FromSeconds(100));

        cluster.Time.WallClockError = TimeSpan.FromHours(hours);
        await cluster.PassAsync(TimeSpan.FromSeconds(75));
        Assert.Equal(TimeSpan.FromSeconds(5), (await cluster.Breaker.GetStatsAsync()).Snapshot.TimeLeft);
        Assert.All(cluster.Silos, silo => Assert.False(silo.Admits));

        await cluster.PassAsync(TimeSpan.FromSeconds(5));
        await cluster.AllAsync(BreakerState.Closed);
    }

    [Fact]
    public async Task BreakEnded_StoreOutOfMemory_OpensAgainForLonger()
    {
        await using var cluster = await BreakerCluster.StartAsync(2);
        await BreakerOpeningTests.OpenAsync(cluster);
        foreach (var silo in cluster.Silos)
        {
            silo.Break(reads: false);
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(180));
        await Eventually.TrueAsync(() => Reopened(cluster), "a probe has failed, and the breaker is open again");

        var statistics = await cluster.Breaker.GetStatsAsync();
        Assert.Equal(1, statistics.Openings);
        Assert.InRange(statistics.Snapshot.TimeLeft!.Value, TimeSpan.FromSeconds(350), TimeSpan.FromSeconds(360));
        Assert.All(cluster.Silos, silo => Assert.False(silo.Admits));
    }

    [Fact]
    public async Task OnePermit_EightThreads_MakeOneProbe()
    {
        await using var cluster = await BreakerCluster.StartAsync(
            1, ("MaxConcurrentProbes", "1"), ("ProbesToClose", "1"));
        await BreakerOpeningTests.OpenAsync(cluster);
        var probing = new TaskCompletionSource();
        cluster[0].Store.ProbeGate = probing.Task;
        cluster[0].Mend();
        var before = cluster[0].Store.Reads;
        await cluster.PassAsync(TimeSpan.FromSeconds(179));
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => cluster[0].Store.Probes > 0, "the probe is under way");

        var admitted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var any = false;
            for (var call = 0; call < 1000; call++)
            {
                any |= await cluster[0].ReadAsync();
            }

            return any;
        })));

        Assert.DoesNotContain(true, admitted);
        Assert.Equal((1, before), (cluster[0].Store.Probes, cluster[0].Store.Reads));
        probing.SetResult();
        await cluster.AllAsync(BreakerState.Closed);
        Assert.Equal(1, cluster[0].Store.Probes);
    }

    [Fact]
    public async Task Open_SiloJoins_IsOpenAtOnceWithTheSameEnd()
    {
        await using var cluster = await BreakerCluster.StartAsync(2, ("Preset", "Simple"));
        await BreakerOpeningTests.OpenAsync(cluster);
        await cluster.PassAsync(TimeSpan.FromSeconds(100));

        var joined = await cluster.JoinAsync();

        Assert.Equal(BreakerState.Open, joined.State);
        await cluster.PassAsync(TimeSpan.FromSeconds(79.9));
        Assert.All(cluster.Silos, silo => Assert.False(silo.Admits));
        await cluster.PassAsync(TimeSpan.FromSeconds(0.1));
        await cluster.AllAsync(BreakerState.Closed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_CoordinatorIsLost_SilosStayOpenUntilTheBreakEnds(bool withItsSilo)
    {
        await using var cluster = await BreakerCluster.StartAsync(3, ("Preset", "Simple"));
        await BreakerOpeningTests.OpenAsync(cluster);
        await cluster.PassAsync(TimeSpan.FromSeconds(50));

        await (withItsSilo ? cluster.KillCoordinatorAsync() : cluster.Cluster.DeactivateAsync(cluster.Breaker));

        for (var passed = 55; passed < 180; passed += 5)
        {
            await cluster.PassAsync(TimeSpan.FromSeconds(5));
            Assert.All(cluster.Silos, silo => Assert.False(silo.Admits));
        }

        var statistics = await cluster.Breaker.GetStatsAsync();
        Assert.Equal((BreakerState.Open, TimeSpan.FromSeconds(5)),
            (statistics.Snapshot.State, statistics.Snapshot.TimeLeft));
        Assert.Equal(TransitionCause.Adopted, Assert.Single(statistics.Transitions).Transition.Cause);
        await cluster.PassAsync(TimeSpan.FromSeconds(5));
        await cluster.AllAsync(BreakerState.Closed);
    }

    [Fact]
    public async Task NewCoordinator_CalledBeforeAnyReport_KnowsStateAndSettings()
    {
        await using var cluster = await BreakerCluster.StartAsync(3);
        await cluster.Breaker.UpdateSettingsAsync(new() { FailureThreshold = 7 });
        await cluster.Breaker.IsolateAsync();
        await cluster.AllAsync(BreakerState.Isolated);
        await cluster.CalmAsync();

        await cluster.Cluster.DeactivateAsync(cluster.Breaker);
        Assert.Equal(BreakerState.Isolated, (await cluster.Breaker.GetStatsAsync()).Snapshot.State);

        await cluster.Cluster.DeactivateAsync(cluster.Breaker);
        var settings = await cluster.Breaker.UpdateSettingsAsync(new() { MinimumCaches = 1 });
        Assert.Equal((7, 1), (settings.FailureThreshold, settings.MinimumCaches));

        await cluster.Cluster.DeactivateAsync(cluster.Breaker);
        await cluster.Breaker.CloseAsync();
        await cluster.AllAsync(BreakerState.Closed);
        await cluster.PassAsync(TimeSpan.FromSeconds(15));
        var statistics = await cluster.Breaker.GetStatsAsync();
        Assert.Equal(
            (BreakerState.Closed, 7), (statistics.Snapshot.State, statistics.Snapshot.Settings.FailureThreshold));
    }

    private static void Mend(BreakerCluster cluster)
    {
        foreach (var silo in cluster.Silos)
        {
            silo.Mend();
        }
    }

    private static async Task PassUntilAsync(BreakerCluster cluster, BreakerState state)
    {
        await cluster.PassAsync(TimeSpan.FromSeconds(180));
        await Eventually.TrueAsync(
            async () =>
            {
                await cluster.PassAsync(TimeSpan.FromMilliseconds(250));
                return cluster.Silos.All(silo => silo.State == state);
            },
            $"every silo is {state}");
    }

    private static async Task<bool> Reopened(BreakerCluster cluster)
    {
        await cluster.PassAsync(TimeSpan.FromMilliseconds(250));
        return (await cluster.Breaker.GetStatsAsync()).Snapshot is { State: BreakerState.Open, Attempt: 1 };
    }
}
