using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Breaker;

public sealed class ProbeTests
{
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(180);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public void ThreeSuccesses_OfProbes_CloseTheBreaker(int silos)
    {
        var cluster = new TestCluster(silos);
        cluster.Trip();
        cluster.Probe(isSuccess: true);
        Assert.Equal(BreakerState.Closed, cluster.State);
        Assert.All(cluster.Silos, silo => Assert.True(silo.View.Admits));
        Assert.Equal(
            [BreakerState.Open, BreakerState.HalfOpen, BreakerState.Closed],
            cluster.Transitions.Select(transition => transition.To));
    }

    [Fact]
    public void Permits_FiftySilosReport_DoNotExceedTheMaximum()
    {
        var cluster = new TestCluster(50);
        cluster.Trip();
        cluster.Advance(BreakDuration);
        var permits = cluster.Silos.ConvertAll(cluster.Report).OfType<SiloPermit>().ToList();
        Assert.Equal(3, permits.Count);
        Assert.Equal(3, permits.DistinctBy(permit => permit.Permit.Id).Count());
        Assert.All(cluster.Silos, silo => Assert.False(silo.View.Admits));
    }

    [Fact]
    public void Permits_AreSpreadOverTheSilos()
    {
        var cluster = new TestCluster(3);
        cluster.Trip();
        cluster.Run(BreakDuration);
        var first = cluster.Report(cluster.Silos[0])!;
        cluster.Silos[0].OnProbed(cluster.Now, first, true);
        Assert.Null(cluster.Report(cluster.Silos[0]));
        Assert.NotNull(cluster.Report(cluster.Silos[1]));
    }

    [Fact]
    public void Permit_HolderDies_IsGrantedAgain()
    {
        var cluster = new TestCluster(4, TestCluster.Exact with { MaxConcurrentProbes = 1, ProbesToClose = 1 });
        cluster.Trip();
        cluster.Run(BreakDuration);
        var dead = cluster.Silos[0];
        var lost = cluster.Report(dead);
        Assert.NotNull(lost);
        cluster.Silos.Remove(dead);
        cluster.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Null(cluster.Report(cluster.Silos[1]));

        cluster.Advance(TimeSpan.FromTicks(1));
        var again = cluster.Report(cluster.Silos[1]);
        Assert.NotNull(again);
        Assert.NotEqual(lost!.Permit.Id, again.Permit.Id);

        dead.OnProbed(cluster.Now, lost, true);
        cluster.Report(dead);
        Assert.Equal(BreakerState.HalfOpen, cluster.State);
        cluster.Silos[1].OnProbed(cluster.Now, again, true);
        cluster.Report(cluster.Silos[1]);
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Fact]
    public void Permit_AnswerIsLost_IsSentAgain()
    {
        var cluster = new TestCluster(2);
        cluster.Trip();
        cluster.Run(BreakDuration);
        var lost = cluster.Coordinator.Report(cluster.Now, cluster.Silos[0].Report(cluster.Now)).Answer.Permit;
        var again = cluster.Report(cluster.Silos[0]);
        Assert.NotNull(lost);
        Assert.Equal(lost, again!.Permit);
    }

    [Fact]
    public void OneSilo_CannotReachTheStore_OthersStillCloseTheBreaker()
    {
        var cluster = new TestCluster(5);
        cluster.Trip();
        cluster.Run(BreakDuration);
        for (var i = 0; i < 20 && cluster.State == BreakerState.HalfOpen; i++)
        {
            foreach (var (silo, at) in cluster.Silos.Select((silo, at) => (silo, at)))
            {
                if (cluster.Report(silo) is { } permit)
                {
                    silo.OnProbed(cluster.Now, permit, isSuccess: at != 0);
                }
            }
        }

        Assert.Equal(BreakerState.Closed, cluster.State);

        // It still fails. The others have not used the store since, and nevertheless only its local breaker opens.
        cluster.Fail(cluster.Silos[0], 20);
        cluster.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(BreakerState.Closed, cluster.State);
        Assert.True(cluster.Silos[0].View.IsLocal);
    }

    [Fact]
    public void MaxConcurrentProbes_SetToZeroWhileHalfOpen_ClosesTheBreaker()
    {
        var cluster = new TestCluster(2);
        cluster.Trip();
        cluster.Run(BreakDuration);
        Assert.Equal(BreakerState.HalfOpen, cluster.State);
        cluster.Coordinator.Change(TestCluster.Exact with { MaxConcurrentProbes = 0 });
        cluster.ReportAll();
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Fact]
    public void Silo_AlwaysGetsLateAnswers_DoesNotKeepTheBreakerHalfOpen()
    {
        var cluster = new TestCluster(3);
        cluster.Reaches = _ => true;
        cluster.Trip();
        var slow = cluster.Silos[2];
        cluster.Silos.Remove(slow);
        cluster.Run(BreakDuration - TimeSpan.FromSeconds(1));
        ReportWithLateAnswers(cluster, slow, seconds: 10);
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Fact]
    public void Silo_AlwaysGetsLateAnswers_DoesNotExtendAFailedRound()
    {
        var cluster = new TestCluster(2);
        cluster.Reaches = _ => false;
        cluster.Trip();
        var slow = cluster.Silos[1];
        cluster.Silos.Remove(slow);
        cluster.Run(BreakDuration - TimeSpan.FromSeconds(1));
        ReportWithLateAnswers(cluster, slow, seconds: 10);
        Assert.Equal((BreakerState.Open, 1), (cluster.State, cluster.Coordinator.Snapshot(cluster.Now).Attempt));
    }

    [Fact]
    public void Permits_OfAllSilosExpire_AreGrantedAgain()
    {
        var cluster = new TestCluster(2);
        cluster.Trip();
        cluster.Run(BreakDuration);
        cluster.ReportAll();
        cluster.Advance(TimeSpan.FromSeconds(5));
        Assert.All(cluster.Silos, silo => Assert.NotNull(cluster.Report(silo)));
    }

    /// <summary>Has a silo report while every answer, with the permit in it, reaches the silo too late.</summary>
    private static void ReportWithLateAnswers(TestCluster cluster, SiloBreaker silo, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            var report = silo.Report(cluster.Now);
            cluster.Coordinator.Report(cluster.Now, report);
            silo.OnNoAnswer(cluster.Now, report);
            cluster.Run(TimeSpan.FromSeconds(1));
        }
    }
}
