using CacheOrleans.Storage;

namespace CacheOrleans.Core.Tests.Breaker;

public sealed class ReportScheduleTests
{
    [Fact]
    public void Reports_ReadsFailAndWritesSucceedInTurn_AreFew()
    {
        var cluster = new TestCluster(1);
        var silo = cluster.Silos[0];
        var reports = 0;
        for (var step = 0; step < 1000; step++)
        {
            silo.OnFailure(cluster.Now, TestCluster.Pass(silo), StoreOperation.Read, "user");
            cluster.Succeed(silo, StoreOperation.Write);
            if (silo.NextReport <= cluster.Now)
            {
                cluster.Report(silo);
                reports++;
            }

            cluster.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(reports, 1, 15);
    }

    [Fact]
    public void FirstFailures_OfEachTerm_AreReportedAtOnce()
    {
        var cluster = new TestCluster(1);
        for (var term = 0; term < 3; term++)
        {
            for (var failure = 0; failure <= 10; failure++)
            {
                Assert.True(cluster.Silos[0].NextReport > cluster.Now);
                cluster.Silos[0].OnFailure(
                    cluster.Now, TestCluster.Pass(cluster.Silos[0]), StoreOperation.Read, $"cache-{failure}");
                Assert.True(cluster.Silos[0].NextReport <= cluster.Now);
                cluster.Report(cluster.Silos[0]);
            }

            cluster.Coordinator.Close(cluster.Now);
            cluster.ReportAll();
        }
    }
}
