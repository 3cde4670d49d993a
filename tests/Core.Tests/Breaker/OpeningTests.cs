using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Core.Tests.Breaker;

public sealed class OpeningTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Row", "B4")]
    public void Failures_ReachTheThreshold_OpenTheBreaker(bool isSimple)
    {
        var cluster = new TestCluster(1, isSimple ? BreakerOptions.Simple : TestCluster.Exact);
        cluster.Fail(cluster.Silos[0], 10);
        Assert.Equal(BreakerState.Closed, cluster.State);
        Assert.True(cluster.Silos[0].View.Admits);

        cluster.Fail(cluster.Silos[0], 1);
        Assert.Equal(BreakerState.Open, cluster.State);
        Assert.False(cluster.Silos[0].View.Admits);
    }

    [Fact]
    [Trait("Row", "B4")]
    public void Failures_OfSeveralSilos_AddUp()
    {
        var cluster = new TestCluster(3);
        cluster.Fail(cluster.Silos[0], 4);
        cluster.Fail(cluster.Silos[1], 4);
        cluster.Fail(cluster.Silos[2], 2);
        Assert.Equal(BreakerState.Closed, cluster.State);

        cluster.Fail(cluster.Silos[2], 1);
        var opened = Assert.Single(cluster.Transitions);
        Assert.Equal((BreakerState.Open, 11, 2, 3), (opened.To, opened.Failures, opened.Caches, opened.Silos));
        Assert.All(cluster.Silos, silo => Assert.False(silo.View.Admits));
    }

    [Fact]
    [Trait("Row", "B5")]
    public void Failures_OfOneCache_DoNotOpenTheBreaker()
    {
        var cluster = new TestCluster(1);
        cluster.Fail(cluster.Silos[0], 50, "user");
        Assert.Equal(BreakerState.Closed, cluster.State);

        cluster.Fail(cluster.Silos[0], 1, "order");
        Assert.Equal(BreakerState.Open, cluster.State);
    }

    [Fact]
    [Trait("Row", "B3")]
    public void Failure_AsOldAsTheSamplingDuration_DoesNotCount()
    {
        var cluster = new TestCluster(1);
        cluster.Fail(cluster.Silos[0], 1);
        cluster.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        cluster.Fail(cluster.Silos[0], 9);
        Assert.Equal(10, cluster.Coordinator.Evidence(cluster.Now).Failures);

        cluster.Advance(TimeSpan.FromTicks(1));
        cluster.Fail(cluster.Silos[0], 1);
        Assert.Equal(10, cluster.Coordinator.Evidence(cluster.Now).Failures);
        Assert.Equal(BreakerState.Closed, cluster.State);

        cluster.Fail(cluster.Silos[0], 1);
        Assert.Equal(BreakerState.Open, cluster.State);
    }

    [Fact]
    [Trait("Row", "B3")]
    public void FailureRecord_KeepsTheNewestHundred()
    {
        var cluster = new TestCluster(1, TestCluster.Exact with { MinimumCaches = 3 });
        cluster.Fail(cluster.Silos[0], 150);
        Assert.Equal(100, cluster.Coordinator.Evidence(cluster.Now).Failures);
        Assert.Equal(100, cluster.Silos[0].CountFailures(cluster.Now));
    }

    [Fact]
    public void OneFailingSilo_WithStrayFailuresElsewhere_OpensOnlyItsLocalBreaker()
    {
        var cluster = new TestCluster(5);
        cluster.Reaches = silo => silo != cluster.Silos[2];
        for (var second = 0; second < 300; second++)
        {
            cluster.Silos.ForEach(silo => cluster.Succeed(silo));
            cluster.Fail(cluster.Silos[2], 20);
            cluster.Fail(cluster.Silos[second % 5 == 2 ? 3 : second % 5], second % 40 == 0 ? 1 : 0);
            cluster.Run(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(BreakerState.Closed, cluster.State);
        Assert.Equal((BreakerState.Open, true), (cluster.Silos[2].View.State, cluster.Silos[2].View.IsLocal));
        Assert.All(cluster.Silos.Where((_, i) => i != 2), silo => Assert.True(silo.View.Admits));
    }

    [Fact]
    public void TwoFailingSilos_OneHasOpenedLocally_OpenForAll()
    {
        var cluster = new TestCluster(5);
        cluster.Silos.ForEach(silo => cluster.Succeed(silo));
        cluster.ReportAll();
        cluster.Fail(cluster.Silos[0], 20);
        cluster.Run(TimeSpan.FromSeconds(2));
        Assert.True(cluster.Silos[0].View.IsLocal);
        Assert.Equal(BreakerState.Closed, cluster.State);

        cluster.Fail(cluster.Silos[1], 2);
        Assert.Equal(BreakerState.Open, cluster.State);
        Assert.All(
            cluster.Silos, silo => Assert.Equal((BreakerState.Open, false), (silo.View.State, silo.View.IsLocal)));
    }

    [Fact]
    [Trait("Row", "B7")]
    [Trait("Row", "W4")]
    public void SuccessfulWrite_ClearsOnlyTheFailuresOfItsSilo()
    {
        var cluster = new TestCluster(2);
        cluster.Fail(cluster.Silos[0], 5);
        cluster.Fail(cluster.Silos[1], 5);
        cluster.Succeed(cluster.Silos[1], StoreOperation.Write);
        cluster.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(5, cluster.Coordinator.Evidence(cluster.Now).Failures);

        cluster.Succeed(cluster.Silos[0], StoreOperation.Read);
        cluster.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(5, cluster.Coordinator.Evidence(cluster.Now).Failures);

        cluster.Succeed(cluster.Silos[0], StoreOperation.Write);
        cluster.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(0, cluster.Coordinator.Evidence(cluster.Now).Failures);
    }

    [Fact]
    public void WritesFail_WhileReadsSucceed_BreakerOpens()
    {
        var cluster = new TestCluster(2);
        for (var i = 0; i < 11; i++)
        {
            var silo = cluster.Silos[i % 2];
            silo.OnFailure(cluster.Now, TestCluster.Pass(silo), StoreOperation.Write, i < 5 ? "user" : "order");
            cluster.Succeed(silo);
            cluster.Report(silo);
        }

        Assert.Equal(BreakerState.Open, cluster.State);
    }

    [Fact]
    public void Call_BeganClosedAndFailsWhileOpen_ChangesNothing()
    {
        var cluster = new TestCluster(2);
        var passes = cluster.Silos.ConvertAll(TestCluster.Pass);
        cluster.Trip();
        var before = cluster.Coordinator.Snapshot(cluster.Now);
        for (var i = 0; i < 50; i++)
        {
            var counted = cluster.Silos[i % 2].OnFailure(cluster.Now, passes[i % 2], StoreOperation.Read, $"cache-{i}");
            Assert.False(counted);
        }

        cluster.ReportAll();
        Assert.Equal(before, cluster.Coordinator.Snapshot(cluster.Now));

        cluster.Probe(isSuccess: true);
        Assert.Equal(BreakerState.Closed, cluster.State);
        Assert.False(cluster.Silos[0].OnFailure(cluster.Now, passes[0], StoreOperation.Read, "user"));
        Assert.Equal(0, cluster.Silos[0].CountFailures(cluster.Now));
    }

    [Fact]
    public void LateSuccess_WhileOpen_DoesNotCloseTheBreaker()
    {
        var cluster = new TestCluster(1);
        var pass = TestCluster.Pass(cluster.Silos[0]);
        cluster.Trip();
        cluster.Silos[0].OnSuccess(cluster.Now, pass, StoreOperation.Write);
        cluster.ReportAll();
        Assert.Equal(BreakerState.Open, cluster.State);
    }

    [Fact]
    public void ReportedFailure_SiloReportsNoMore_StillExpires()
    {
        var cluster = new TestCluster(1);
        cluster.Fail(cluster.Silos[0], 3);
        cluster.Advance(TestCluster.Exact.SamplingDuration - TimeSpan.FromTicks(1));
        Assert.Equal(3, cluster.Coordinator.Evidence(cluster.Now).Failures);
        cluster.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(0, cluster.Coordinator.Evidence(cluster.Now).Failures);
    }
}
