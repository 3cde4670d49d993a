using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Breaker;

public sealed class BreakTests
{
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(180);

    [Fact]
    [Trait("Row", "B1")]
    [Trait("Row", "B6")]
    public void SimplePreset_AdmitsExactlyWhenTheBreakEnds()
    {
        var cluster = new TestCluster(1, BreakerOptions.Simple);
        cluster.Trip();
        cluster.Run(TimeSpan.FromSeconds(179.9));
        Assert.False(cluster.Silos[0].View.Admits);
        Assert.Equal(TimeSpan.FromSeconds(0.1), cluster.Silos[0].Known(cluster.Now).TimeLeft);

        cluster.Run(TimeSpan.FromSeconds(0.1));
        Assert.True(cluster.Silos[0].View.Admits);
        Assert.Equal(BreakerState.Closed, cluster.State);
    }

    [Fact]
    public void Break_ReopenedFiveTimes_GrowsToItsMaximumUntilARecovery()
    {
        var cluster = new TestCluster(3);
        cluster.Trip();
        var lengths = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            lengths.Add(cluster.Coordinator.Snapshot(cluster.Now).TimeLeft!.Value);
            cluster.Probe(isSuccess: false);
            var snapshot = cluster.Coordinator.Snapshot(cluster.Now);
            Assert.Equal((BreakerState.Open, i + 1), (snapshot.State, snapshot.Attempt));
        }

        lengths.Add(cluster.Coordinator.Snapshot(cluster.Now).TimeLeft!.Value);
        Assert.Equal(
            [
                BreakDuration, 2 * BreakDuration, 4 * BreakDuration, 8 * BreakDuration, 10 * BreakDuration,
                10 * BreakDuration,
            ],
            lengths);
        Assert.Equal(1, cluster.Coordinator.Evidence(cluster.Now).Openings);

        cluster.Probe(isSuccess: true);
        Assert.Equal(BreakerState.Closed, cluster.State);
        cluster.Trip();
        Assert.Equal(BreakDuration, cluster.Coordinator.Snapshot(cluster.Now).TimeLeft);
        Assert.Equal(2, cluster.Coordinator.Evidence(cluster.Now).Openings);
    }

    [Fact]
    public void Jitter_VariesTheBreakWithinItsRange()
    {
        var random = new Random(7);
        var settings = new BreakerOptions();
        var lengths = Enumerable.Range(0, 1000).Select(_ => BreakLength.Of(settings, 0, random)).ToList();
        Assert.All(lengths, length => Assert.InRange(length, 0.9 * BreakDuration, 1.1 * BreakDuration));
        Assert.True(lengths.Max() - lengths.Min() > 0.15 * BreakDuration);
        Assert.All(
            Enumerable.Range(0, 1000),
            _ => Assert.InRange(
                BreakLength.Of(settings, 9, random), 0.9 * settings.MaxBreakDuration, settings.MaxBreakDuration));
    }

    [Fact]
    public void Break_OfTheLongestDuration_DoesNotOverflow()
    {
        var longest = TimeSpan.MaxValue;
        var settings = TestCluster.Exact with { BreakDuration = longest, MaxBreakDuration = longest };
        Assert.Empty(settings.Check());
        var cluster = new TestCluster(2, settings);
        cluster.Trip();
        cluster.Run(TimeSpan.FromDays(30));
        Assert.Equal(BreakerState.Open, cluster.State);
        Assert.All(cluster.Silos, silo => Assert.True(silo.Known(cluster.Now).TimeLeft > TimeSpan.FromDays(9_000_000)));
        Assert.Equal(longest, BreakLength.Of(settings with { BackoffMultiplier = 100 }, int.MaxValue, new Random(3)));

        var joined = cluster.Join();
        Assert.False(joined.View.Admits);
        cluster.Restart();
        cluster.ReportAll();
        Assert.Equal(BreakerState.Open, cluster.State);
    }

    [Fact]
    public void Silo_JoinsWhileOpen_IsOpenWithTheSameDeadline()
    {
        var cluster = new TestCluster(2);
        cluster.Trip();
        cluster.Run(TimeSpan.FromSeconds(50));
        var joined = cluster.Join();
        Assert.Equal(BreakerState.Open, joined.View.State);
        Assert.Equal(TimeSpan.FromSeconds(130), joined.Known(cluster.Now).TimeLeft);
        Assert.Equal(TimeSpan.FromSeconds(130), cluster.Silos[0].Known(cluster.Now).TimeLeft);
    }

    [Fact]
    public void Silo_CoordinatorsClockIsBehind_PausesBeforeTheNextReport()
    {
        var cluster = new TestCluster(1);
        cluster.Trip();
        var behind = cluster.Coordinator.Snapshot(cluster.Now);
        cluster.Advance(behind.TimeLeft!.Value);
        var silo = cluster.Silos[0];
        silo.OnAnswer(cluster.Now, silo.Report(cluster.Now), new BreakerAnswer(behind, null));
        Assert.Equal(BreakerState.Open, silo.View.State);
        Assert.InRange(silo.NextReport - cluster.Now, TimeSpan.FromMilliseconds(1), CircuitBreaker.Heartbeat);
    }
}
