using CacheOrleans.Breaker;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tests.Breaker;

public sealed class BreakerReporterTests
{
    [Fact]
    public async Task Healthy_AtAnyCallRate_SendsOnlyHeartbeats()
    {
        await using var cluster = await BreakerCluster.StartAsync(3);
        await cluster.PassAsync(TimeSpan.FromSeconds(5));
        var before = cluster.Filter.Reports;

        for (var beat = 0; beat < 10; beat++)
        {
            for (var call = 0; call < 1000; call++)
            {
                await cluster[call % 3].ReadAsync();
                await cluster[call % 3].WriteAsync();
            }

            await cluster.PassAsync(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(30, cluster.Filter.Reports - before);
    }

    [Fact]
    public async Task ManyFailures_AreReportedInFewCalls()
    {
        await using var cluster = await BreakerCluster.StartAsync(1, ("MinimumCaches", "100"));
        await cluster[0].FailAsync(20);
        await cluster.CalmAsync();
        var before = cluster.Filter.Reports;

        for (var step = 0; step < 40; step++)
        {
            await cluster[0].FailAsync(100);
            await cluster.PassAsync(TimeSpan.FromMilliseconds(25));
        }

        Assert.InRange(cluster.Filter.Reports - before, 1, 5);
    }

    [Fact]
    [Trait("Row", "B8")]
    public async Task CoordinatorUnresponsive_NoFailures_StoreIsUsedWithOneWarning()
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        cluster.Filter.Hold();

        for (var beat = 0; beat < 4; beat++)
        {
            await LeaveReportUnansweredAsync(cluster);
            Assert.True(await cluster[0].ReadAsync());
        }

        var warning = Assert.Single(cluster.Log.Of(1012));
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Empty(cluster.Log.Of(1013));
        cluster.Filter.Release();
        await cluster.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Single(cluster.Log.Of(1013));
        Assert.Single(cluster.Log.Of(1012));
    }

    [Fact]
    [Trait("Row", "B11")]
    public async Task CoordinatorUnresponsive_StoreFails_SiloOpensAndRecoversLocally()
    {
        await using var cluster = await BreakerCluster.StartAsync(2, ("BreakDuration", "00:00:10"));
        cluster.Filter.Hold();
        await cluster[0].FailAsync(11);

        await Eventually.TrueAsync(
            () =>
            {
                cluster.Time.Advance(SiloBreaker.AnswerTimeout);
                return !cluster[0].Admits;
            },
            "the silo skips the store");

        Assert.Equal((BreakerState.Open, true), (cluster[0].State, cluster[0].Replica.View.IsLocal));
        Assert.True(cluster[1].Admits);
        Assert.Contains(
            "The local circuit breaker of this silo went from Closed to Open",
            Assert.Single(cluster.Log.Of(1011)).Message,
            StringComparison.Ordinal);
        cluster[0].Mend();
        await Eventually.TrueAsync(
            () =>
            {
                cluster.Time.Advance(SiloBreaker.AnswerTimeout);
                return cluster[0].Admits;
            },
            "the silo uses the store again");
        Assert.InRange(cluster[0].Store.Probes, 3, 10);
    }

    [Fact]
    public async Task CoordinatorUnresponsive_WhileOpen_SilosStayOpen()
    {
        await using var cluster = await BreakerCluster.StartAsync(2);
        await BreakerOpeningTests.OpenAsync(cluster);
        cluster.Filter.Hold();

        for (var beat = 0; beat < 4; beat++)
        {
            await LeaveReportUnansweredAsync(cluster);
            Assert.All(cluster.Silos, silo => Assert.False(silo.Admits));
        }
    }

    /// <summary>Leaves the next report that is due unanswered.</summary>
    private static async Task LeaveReportUnansweredAsync(BreakerCluster cluster)
    {
        var before = cluster.Filter.Reports;
        cluster.Time.Advance(CircuitBreaker.Heartbeat);
        await Eventually.TrueAsync(
            () => cluster.Filter.Reports > before || cluster.Time.Reports > 0, "a report is under way");
        await Eventually.TrueAsync(
            () =>
            {
                cluster.Time.Advance(SiloBreaker.AnswerTimeout);
                return cluster.Silos.Any(silo => silo.Replica.View.IsLocal);
            },
            "a silo decides locally");
    }
}
