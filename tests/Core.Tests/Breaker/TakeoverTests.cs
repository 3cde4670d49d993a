using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Breaker;

/// <summary>What silos were told by one coordinator, when another hears of it.</summary>
public sealed class TakeoverTests
{
    [Fact]
    public void NewCoordinator_AfterOneThatNeverChanged_DoesNotTakeTheFirstSiloForAll()
    {
        var cluster = new TestCluster(3);
        cluster.Fail(cluster.Silos[0], 9);
        cluster.Restart();
        cluster.Fail(cluster.Silos[0], 9);
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Fact]
    public void ChangeByHand_BeforeAnySiloReported_ReachesSilosOfAnEndedBreak()
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
    public void ReportFromBeforeTheEndOfTheBreak_ThatComesAfterIt_DoesNotLengthenIt()
    {
        var cluster = new TestCluster(1);
        cluster.Trip();
        var late = cluster.Silos[0].Report(cluster.Now);
        cluster.Advance(TestCluster.Exact.BreakDuration);
        cluster.Coordinator.Report(cluster.Now, late);
        Assert.Equal(BreakerState.HalfOpen, cluster.State);
    }

    [Fact]
    public void PushFromBeforeTheEndOfTheBreak_ThatComesAfterIt_DoesNotLengthenIt()
    {
        var cluster = new TestCluster(1);
        cluster.Trip();
        var late = cluster.Coordinator.Snapshot(cluster.Now);
        cluster.Advance(TestCluster.Exact.BreakDuration);
        cluster.Silos[0].OnPush(cluster.Now, late);
        Assert.Equal(TimeSpan.Zero, cluster.Silos[0].Known(cluster.Now).TimeLeft);
    }

    [Fact]
    public void FailuresOfAnEarlierTerm_DoNotCount_OnceALaterOneIsLearned()
    {
        var cluster = new TestCluster(2);
        var (ahead, behind) = (cluster.Silos[0], cluster.Silos[1]);
        cluster.Fail(behind, 2, "user");
        var told = behind.Report(cluster.Now);
        cluster.Coordinator.Isolate(cluster.Now);
        cluster.Coordinator.Close(cluster.Now);
        cluster.Report(ahead);
        cluster.Restart();
        cluster.Coordinator.Report(cluster.Now, told);
        cluster.Fail(ahead, 9, "order");
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Fact]
    public void OpenBreak_OfAPredecessorThatCountedOnFromTheSameVersion_IsTakenOver()
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
    public void SiloThatHasOpenedAlone_StillCountsForTheQuorum()
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
    public void TwoCoordinators_ThatGaveOneVersionToDifferentStates_DoNotKeepASiloFromTheStore()
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
    public void SiloUnheardOf_AfterTwoHeartbeats_IsToldAndNotBelieved()
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
