using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Core.Tests.Breaker;

public sealed class CoordinatorLossTests
{
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(180);

    [Fact]
    public void NewCoordinator_AnySiloReportsFirst_TakesOverTheOpenBreak()
    {
        var cluster = new TestCluster(3);
        var missed = cluster.Silos[2];
        cluster.Silos.Remove(missed);
        cluster.Trip();
        cluster.Silos.Add(missed);
        cluster.Run(TimeSpan.FromSeconds(0));
        cluster.Advance(TimeSpan.FromSeconds(80));
        cluster.Restart();

        cluster.Report(missed);
        cluster.Report(cluster.Silos[0]);
        Assert.Equal(BreakerState.Open, cluster.State);
        Assert.Equal(TimeSpan.FromSeconds(100), cluster.Coordinator.Snapshot(cluster.Now).TimeLeft);
        cluster.ReportAll();
        Assert.All(cluster.Silos, silo => Assert.False(silo.View.Admits));
    }

    [Fact]
    public void NewCoordinator_SilosDisagree_AdoptsTheLatestNotTheStrictest()
    {
        var cluster = new TestCluster(2);
        var missed = cluster.Silos[1];
        cluster.Trip();
        cluster.Silos.Remove(missed);
        cluster.Coordinator.Close(cluster.Now);
        cluster.ReportAll();
        cluster.Silos.Add(missed);
        Assert.False(missed.View.Admits);
        cluster.Restart();

        cluster.Report(missed);
        Assert.Equal(BreakerState.Open, cluster.State);
        cluster.Report(cluster.Silos[0]);
        Assert.Equal(BreakerState.Closed, cluster.State);
        cluster.ReportAll();
        Assert.All(cluster.Silos, silo => Assert.True(silo.View.Admits));
    }

    [Fact]
    public void NewCoordinator_KeepsCountingTheFailures()
    {
        var cluster = new TestCluster(2);
        cluster.Fail(cluster.Silos[0], 5);
        cluster.Fail(cluster.Silos[1], 5);
        cluster.Restart();
        cluster.Report(cluster.Silos[0]);
        cluster.Fail(cluster.Silos[1], 1);
        Assert.Equal(BreakerState.Open, cluster.State);
    }

    [Fact]
    public void NewCoordinator_HasHeardFromOneSilo_DoesNotOpenForAll()
    {
        var cluster = new TestCluster(3);
        cluster.Coordinator.Isolate(cluster.Now);
        cluster.Coordinator.Close(cluster.Now);
        cluster.Push();
        cluster.Fail(cluster.Silos[0], 9);
        cluster.Restart();
        cluster.Fail(cluster.Silos[0], 9);
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Theory]
    [InlineData(BreakerState.Isolated)]
    [InlineData(BreakerState.Disabled)]
    public void NewCoordinator_KeepsManualChanges(BreakerState state)
    {
        var cluster = new TestCluster(2);
        _ = state == BreakerState.Isolated
            ? cluster.Coordinator.Isolate(cluster.Now)
            : cluster.Coordinator.Disable(cluster.Now);
        cluster.Push();
        cluster.Restart();
        cluster.ReportAll();
        Assert.Equal(state, cluster.State);
    }

    [Fact]
    public void NewCoordinator_KeepsChangedSettings()
    {
        var cluster = new TestCluster(2);
        cluster.Coordinator.Change(TestCluster.Exact with { FailureThreshold = 4 });
        cluster.Push();
        cluster.Restart();
        cluster.ReportAll();
        cluster.Fail(cluster.Silos[0], 2);
        cluster.Fail(cluster.Silos[1], 2);
        Assert.Equal(BreakerState.Open, cluster.State);
    }

    [Fact]
    [Trait("Row", "B11")]
    public void UnresponsiveCoordinator_StoreFails_SiloOpensAndProbesLocally()
    {
        var silo = new SiloBreaker("alone", TestCluster.Exact, new Random(1), TimeSpan.Zero);
        var now = TimeSpan.Zero;
        for (var i = 0; i < 11; i++)
        {
            Assert.True(silo.View.Admits);
            silo.OnFailure(now, TestCluster.Pass(silo), StoreOperation.Read, i % 2 == 0 ? "user" : "order");
            silo.OnNoAnswer(now, silo.Report(now));
        }

        Assert.Equal((BreakerState.Open, true), (silo.View.State, silo.View.IsLocal));
        now += BreakDuration;
        Assert.True(silo.NextReport <= now);
        for (var i = 0; i < 3; i++)
        {
            var permit = silo.OnNoAnswer(now, silo.Report(now)).Permit;
            Assert.True(permit!.IsLocal);
            silo.OnProbed(now, permit, isSuccess: true);
        }

        silo.OnNoAnswer(now, silo.Report(now));
        Assert.True(silo.View.Admits);
    }

    [Fact]
    [Trait("Row", "B8")]
    public void UnresponsiveCoordinator_StoreIsHealthy_SiloStillUsesTheStore()
    {
        var silo = new SiloBreaker("alone", TestCluster.Exact, new Random(1), TimeSpan.Zero);
        silo.OnNoAnswer(TimeSpan.Zero, silo.Report(TimeSpan.Zero));
        Assert.True(silo.IsWithoutCoordinator);
        Assert.True(silo.View.Admits);
    }

    [Fact]
    public void CoordinatorLost_WhileOpen_SiloProbesLocallyAfterTheDeadline()
    {
        var cluster = new TestCluster(2);
        cluster.Trip();
        var silo = cluster.Silos[0];
        cluster.Advance(BreakDuration - TimeSpan.FromTicks(1));
        Assert.Null(silo.OnNoAnswer(cluster.Now, silo.Report(cluster.Now)).Permit);
        Assert.False(silo.View.Admits);

        cluster.Advance(TimeSpan.FromTicks(1));
        var permit = silo.OnNoAnswer(cluster.Now, silo.Report(cluster.Now)).Permit;
        Assert.NotNull(permit);
        Assert.False(silo.View.Admits);
        silo.OnProbed(cluster.Now, permit, isSuccess: false);
        silo.OnNoAnswer(cluster.Now, silo.Report(cluster.Now));
        Assert.Equal(BreakerState.Open, silo.View.State);

        // The coordinator is back, and the silo follows it again.
        cluster.Coordinator.Close(cluster.Now);
        cluster.Report(silo);
        Assert.Equal((BreakerState.Closed, false), (silo.View.State, silo.View.IsLocal));
    }

    [Fact]
    public void Messages_LostRepeatedOrOutOfOrder_ChangeNothing()
    {
        var cluster = new TestCluster(2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        var closed = cluster.Coordinator.Snapshot(cluster.Now);
        cluster.Fail(one, 5);
        var early = other.Report(cluster.Now);
        cluster.Fail(other, 5);
        for (var i = 0; i < 20; i++)
        {
            cluster.Coordinator.Report(cluster.Now, early);
        }

        Assert.Equal(10, cluster.Coordinator.Evidence(cluster.Now).Failures);
        cluster.Fail(other, 1);
        Assert.Equal(BreakerState.Open, cluster.State);
        one.OnPush(cluster.Now, closed);
        Assert.False(one.View.Admits);
    }
}
