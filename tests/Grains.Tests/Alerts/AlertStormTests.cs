using CacheOrleans.Alerts;
using CacheOrleans.Grains.Tests.Breaker;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>Alerts under very many failures.</summary>
public sealed class AlertStormTests
{
    [Fact]
    public async Task HundredSilos_TenThousandFailuresEach_SendOneMessageAndOneDigest()
    {
        await using var cluster = await AlertCluster.StartAsync(1);
        var options = new AlertOptions();
        SimulatedReporter[] reporters = [.. Enumerable.Range(0, 100).Select(number =>
            new SimulatedReporter($"silo{number}", options, number, cluster.Time, cluster.Grains))];
        foreach (var reporter in reporters)
        {
            reporter.Fail("user", 5_000);
        }

        await PassAsync(cluster, reporters, TimeSpan.FromMinutes(1));
        foreach (var reporter in reporters)
        {
            reporter.Fail("user", 5_000);
        }

        await PassAsync(cluster, reporters, TimeSpan.FromMinutes(10));

        Assert.Equal("user Failing, user Digest", await cluster.StoryAsync());
        var digest = (await cluster.ArrivedAsync(2))[1];
        Assert.Equal((999_999, 100), (digest.Suppressed!.Failures, digest.Suppressed.Silos));
        Assert.Equal(digest.At - cluster.Mailbox.Messages[0].At, digest.Suppressed.For);
        Assert.Equal(999_999, reporters.Sum(reporter => reporter.Suppressed));
    }

    [Fact]
    public async Task MillionSuppressedFailures_SendAtMostOneReportPerFlushInterval()
    {
        await using var cluster = await AlertCluster.StartAsync(1);
        cluster[0].Fail("user");
        await cluster.CalmAsync();
        using var measured = new BreakerMeasurements(cluster[0].Services, "cacheorleans.alerts.");
        var before = cluster.Filter.Reports;

        for (var second = 0; second < 50; second++)
        {
            cluster[0].Fail("user", AlertStage.Read, 20_000);
            await cluster.PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(cluster.Filter.Reports - before, 9, 10);
        await cluster.PassAsync(TimeSpan.FromSeconds(5));
        var state = Assert.Single((await cluster.Coordinator.GetStatsAsync()).Keys);
        Assert.Equal(1_000_000, state.Suppressed!.Failures);
        Assert.Equal(1_000_000, measured.Read("suppressed"));
    }

    [Fact]
    public async Task HealthySilos_ReportNothing()
    {
        await using var cluster = await AlertCluster.StartAsync(3);
        Assert.Equal(3, cluster.Filter.Reports);

        foreach (var silo in cluster.Silos)
        {
            Assert.False(silo.Alerts.HasProblems);
            silo.Succeed("user");
        }

        await cluster.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(3, cluster.Filter.Reports);
    }

    private static async Task PassAsync(AlertCluster cluster, SimulatedReporter[] reporters, TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(5))
        {
            await Task.WhenAll(reporters.Select(reporter => reporter.ReportAsync()));
            await cluster.PassAsync(TimeSpan.FromSeconds(5));
        }
    }
}
