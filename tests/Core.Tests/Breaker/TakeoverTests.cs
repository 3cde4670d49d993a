using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Breaker;

/// <summary>A coordinator learns from reports what an earlier coordinator had sent to the silos.</summary>
public sealed class TakeoverTests
{
    [Fact]
    public void NewCoordinator_PredecessorNeverChangedState_DoesNotOpenForOneSilo()
    {
        var cluster = new TestCluster(3);
        cluster.Fail(cluster.Silos[0], 9);
        cluster.Restart();
        cluster.Fail(cluster.Silos[0], 9);
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Fact]
    public void ManualChange_BeforeAnySiloReported_ReachesSilosWhoseBreakEnded()
    {
        var cluster = new TestCluster(1);
        cluster.Trip();
        cluster.Advance(cluster.Coordinator.Snapshot(cluster.Now).TimeLeft!.Value);
        cluster.Restart();
        cluster.Coordinator.Change(TestCluster.Exact with { FailureThreshold = 6 });
        cluster.Report(cluster.Silos[0]);
        Assert.Equal(cluster.Coordinator.Snapshot(cluster.Now).Version, cluster.Silos[0].Known(cluster.Now).Version);
    }

    [Fact]
    public void Report_ArrivesAfterTheBreakEnded_DoesNotExtendTheBreak()
    {
        var cluster = new TestCluster(1);
        cluster.Trip();
        var late = cluster.Silos[0].Report(cluster.Now);
        cluster.Advance(TestCluster.Exact.BreakDuration);
        cluster.Coordinator.Report(cluster.Now, late);
        Assert.Equal(BreakerState.HalfOpen, cluster.State);
    }

    [Fact]
    public void Push_ArrivesAfterTheBreakEnded_DoesNotExtendTheBreak()
    {
        var cluster = new TestCluster(1);
        cluster.Trip();
        var late = cluster.Coordinator.Snapshot(cluster.Now);
        cluster.Advance(TestCluster.Exact.BreakDuration);
        cluster.Silos[0].OnPush(cluster.Now, late);
        Assert.Equal(TimeSpan.Zero, cluster.Silos[0].Known(cluster.Now).TimeLeft);
    }

    [Fact]
    public void Failures_OfAnEarlierTerm_DoNotCount()
    {
        var cluster = new TestCluster(2);
        var (ahead, behind) = (cluster.Silos[0], cluster.Silos[1]);
        cluster.Fail(behind, 2, "user");
        var report = behind.Report(cluster.Now);
        cluster.Coordinator.Isolate(cluster.Now);
        cluster.Coordinator.Close(cluster.Now);
        cluster.Report(ahead);
        cluster.Restart();
        cluster.Coordinator.Report(cluster.Now, report);
        cluster.Fail(ahead, 9, "order");
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Fact]
    public void Isolation_OfAPredecessorWithTheSameVersion_IsTakenOver()
    {
        var cluster = new TestCluster(2);
        var (behind, ahead) = (cluster.Silos[0], cluster.Silos[1]);
        cluster.Coordinator.Isolate(cluster.Now);
        cluster.Coordinator.Close(cluster.Now);
        cluster.Push();
        cluster.Restart();
        cluster.Report(ahead);
        cluster.Coordinator.Isolate(cluster.Now);
        cluster.Report(ahead);
        cluster.Restart();
        cluster.Report(behind);
        cluster.Report(ahead);
        Assert.Equal(BreakerState.Isolated, cluster.State);
    }

    [Fact]
    public void Silo_HasOpenedLocally_StillCountsForTheQuorum()
    {
        var cluster = new TestCluster(2);
        cluster.Fail(cluster.Silos[0], 12);
        for (var i = 0; i < 12; i++)
        {
            cluster.Run(TimeSpan.FromSeconds(1));
            cluster.Succeed(cluster.Silos[1]);
        }

        Assert.Equal(BreakerState.Open, cluster.Silos[0].View.State);
        cluster.Fail(cluster.Silos[1], 1);
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Fact]
    public void TwoCoordinators_UseOneVersionForDifferentStates_SiloStillUsesTheStore()
    {
        var cluster = new TestCluster(1);
        var silo = cluster.Silos[0];
        var other = new CircuitBreaker(TestCluster.Exact, new Random(3), cluster.Now);
        cluster.Restart();
        other.Report(cluster.Now, silo.Report(cluster.Now));
        cluster.Report(silo);
        cluster.Run(2 * CircuitBreaker.Heartbeat);
        cluster.Trip();
        other.Change(TestCluster.Exact);
        Assert.Equal(silo.Known(cluster.Now).Version, other.Snapshot(cluster.Now).Version);

        cluster.Advance(TestCluster.Exact.BreakDuration);
        var report = silo.Report(cluster.Now);
        silo.OnAnswer(cluster.Now, report, other.Report(cluster.Now, report).Answer);
        Assert.Equal(BreakerState.Closed, silo.View.State);
    }

    [Fact]
    public void UnknownSilo_ReportsAfterTwoHeartbeats_IsCorrectedAndNotAdopted()
    {
        var cluster = new TestCluster(2);
        var (known, late) = (cluster.Silos[0], cluster.Silos[1]);
        cluster.Restart();
        cluster.Report(known);
        var other = new CircuitBreaker(TestCluster.Exact, new Random(3), cluster.Now);
        other.Isolate(cluster.Now);
        late.OnAnswer(cluster.Now, late.Report(cluster.Now), new BreakerAnswer(other.Snapshot(cluster.Now), null));
        cluster.Silos.Remove(late);
        cluster.Run(2 * CircuitBreaker.Heartbeat);
        cluster.Report(late);
        Assert.Equal((BreakerState.Closed, BreakerState.Closed), (cluster.State, late.View.State));
    }
}
