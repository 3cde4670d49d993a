using CacheOrleans.Breaker;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tests.Breaker;

public sealed class BreakerOpeningTests
{
    [Fact]
    [Trait("Row", "B1")]
    [Trait("Row", "B4")]
    public async Task Failures_OfTwoSilosExceedTheThreshold_OpenAllThreeSilosOnce()
    {
        await using var cluster = await BreakerCluster.StartAsync(3);
        await cluster[0].FailAsync(6);
        await cluster[1].FailAsync(4);
        await cluster.CalmAsync();
        Assert.All(cluster.Silos, silo => Assert.True(silo.Admits));

        await cluster[1].FailAsync(1);

        await cluster.AllAsync(BreakerState.Open);
        Assert.All(cluster.Silos, silo => Assert.False(silo.Admits));
        var statistics = await cluster.Breaker.GetStatsAsync();
        Assert.Equal(1, statistics.Openings);
        Assert.Equal(11, Assert.Single(statistics.Transitions).Transition.Failures);
        var line = Assert.Single(cluster.Log.Of(1010));
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains(
            "from Closed to Open: 11 failures of 2 caches on 2 silos; Redis is skipped for 180 s.",
            line.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "B5")]
    public async Task Failures_OfOneCache_DoNotOpen()
    {
        await using var cluster = await BreakerCluster.StartAsync(2);

        await cluster[0].FailAsync(11, "user");
        await cluster[1].FailAsync(11, "user");
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        Assert.All(cluster.Silos, silo => Assert.Equal(BreakerState.Closed, silo.State));
        Assert.Equal(22, (await cluster.Breaker.GetStatsAsync()).RecentFailures);
    }

    [Fact]
    [Trait("Row", "B3")]
    public async Task Failure_AsOldAsTheSamplingDuration_DoesNotCount()
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        await cluster[0].FailAsync(10);
        await cluster.PassAsync(TimeSpan.FromSeconds(60));

        await cluster[0].FailAsync(10);
        await cluster.CalmAsync();

        Assert.Equal(BreakerState.Closed, cluster[0].State);
        Assert.Equal(10, (await cluster.Breaker.GetStatsAsync()).RecentFailures);
        await cluster[0].FailAsync(1);
        await cluster.AllAsync(BreakerState.Open);
    }

    [Fact]
    [Trait("Row", "B1")]
    [Trait("Row", "W2")]
    public async Task Open_ReadersAndWriters_SkipTheStore()
    {
        await using var cluster = await BreakerCluster.StartAsync(3);
        await OpenAsync(cluster);
        var before = cluster.Silos.Sum(silo => silo.Store.Reads + silo.Store.Writes);

        for (var call = 0; call < 1000; call++)
        {
            Assert.False(await cluster[call % 3].ReadAsync());
            Assert.False(await cluster[call % 3].WriteAsync());
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(175));
        Assert.Equal(before, cluster.Silos.Sum(silo => silo.Store.Reads + silo.Store.Writes));
        Assert.Equal(0, cluster.Silos.Sum(silo => silo.Store.Probes));
    }

    [Fact]
    [Trait("Row", "B7")]
    [Trait("Row", "W4")]
    public async Task SuccessfulWrite_ClearsTheFailuresOfItsSiloOnly()
    {
        await using var cluster = await BreakerCluster.StartAsync(2);
        await cluster[0].FailAsync(6);
        await cluster[1].FailAsync(4);
        await cluster.CalmAsync();
        cluster[1].Mend();

        await cluster[1].WriteAsync();
        await cluster.PassAsync(TimeSpan.FromMilliseconds(250));

        Assert.Equal(6, (await cluster.Breaker.GetStatsAsync()).RecentFailures);
        await cluster[1].FailAsync(4);
        await cluster.CalmAsync();
        Assert.Equal(BreakerState.Closed, cluster[0].State);
        await cluster[1].FailAsync(1);
        await cluster.AllAsync(BreakerState.Open);
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task FailedWrites_WhileReadsSucceed_OpenTheBreaker()
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        cluster[0].Break(reads: false);

        for (var call = 0; call < 11; call++)
        {
            await cluster[0].WriteAsync(call % 2 == 0 ? "user" : "plain");
            await cluster[0].ReadAsync();
        }

        await cluster.AllAsync(BreakerState.Open);
    }

    [Fact]
    public async Task OneOfFiveSilosFails_OneFailureElsewhere_OpensOnlyThatSilo()
    {
        await using var cluster = await BreakerCluster.StartAsync(5);
        foreach (var silo in cluster.Silos)
        {
            await silo.ReadAsync();
        }

        await cluster[4].FailAsync(1);
        await cluster[0].FailAsync(30);
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal((BreakerState.Open, true), (cluster[0].State, cluster[0].Replica.View.IsLocal));
        Assert.All(cluster.Silos.Skip(1), silo => Assert.True(silo.Admits));
        var statistics = await cluster.Breaker.GetStatsAsync();
        Assert.Equal((BreakerState.Closed, 0), (statistics.Snapshot.State, statistics.Openings));
        Assert.Empty(cluster.Log.Of(1010));
        Assert.Contains(
            "The local circuit breaker of this silo",
            Assert.Single(cluster.Log.Of(1011)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_OfACallBegunBeforeOpening_ChangesNothing()
    {
        await using var cluster = await BreakerCluster.StartAsync(2);
        Assert.True(cluster[0].Gate.TryEnter(out var early));
        await OpenAsync(cluster);
        var before = (await cluster.Breaker.GetStatsAsync()).Snapshot;

        var failure = new StoreFailure(StoreFailureKind.Timeout, new TimeoutException());
        for (var call = 0; call < 20; call++)
        {
            cluster[0].Gate.OnFailure(early, StoreOperation.Read, call % 2 == 0 ? "user" : "plain", failure);
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(5));
        var after = await cluster.Breaker.GetStatsAsync();
        var passed = before with { TimeLeft = after.Snapshot.TimeLeft, OpenFor = after.Snapshot.OpenFor };
        Assert.Equal(passed, after.Snapshot);
        Assert.Equal(TimeSpan.FromSeconds(5), before.TimeLeft - after.Snapshot.TimeLeft);
        Assert.Equal(0, after.RecentFailures);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Failure_ThatDoesNotCountAgainstHealth_CountsAsASuccessfulRead()
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        await cluster[0].FailAsync(5);
        await cluster.CalmAsync();
        Assert.Single((await cluster.Breaker.GetStatsAsync()).FailingSilos);

        cluster[0].Store.ReadFailure = new StoreFailure(StoreFailureKind.Other, new IOException("WRONGTYPE"));
        for (var call = 0; call < 20; call++)
        {
            await cluster[0].ReadAsync(call % 2 == 0 ? "user" : "plain");
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(1));
        var statistics = await cluster.Breaker.GetStatsAsync();
        Assert.Equal((5, BreakerState.Closed), (statistics.RecentFailures, statistics.Snapshot.State));
        Assert.Empty(statistics.FailingSilos);
    }

    [Fact]
    public async Task Failure_WithoutInformationAboutHealth_CountsAsNeither()
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        await cluster[0].FailAsync(5);
        await cluster.CalmAsync();

        cluster[0].Store.ReadFailure = new StoreFailure(StoreFailureKind.Starved, new TimeoutException());
        for (var call = 0; call < 100; call++)
        {
            await cluster[0].ReadAsync(call % 2 == 0 ? "user" : "plain");
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(1));
        var statistics = await cluster.Breaker.GetStatsAsync();
        Assert.Equal((5, BreakerState.Closed), (statistics.RecentFailures, statistics.Snapshot.State));
        Assert.Single(statistics.FailingSilos);
    }

    internal static async Task OpenAsync(BreakerCluster cluster)
    {
        foreach (var silo in cluster.Silos)
        {
            silo.Break();
        }

        for (var call = 0; cluster[0].Admits && call < 100; call++)
        {
            await cluster.Silos[call % cluster.Silos.Count].ReadAsync(call % 3 == 0 ? "user" : "plain");
            await cluster.CalmAsync();
        }

        await cluster.AllAsync(BreakerState.Open);
    }
}
