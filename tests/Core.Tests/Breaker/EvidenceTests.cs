namespace CacheOrleans.Core.Tests.Breaker;

public sealed class EvidenceTests
{
    [Fact]
    public void Silo_GoneAndItsFailuresExpired_IsNoLongerShown()
    {
        var cluster = new TestCluster(2);
        cluster.Fail(cluster.Silos[1], 2);
        cluster.Silos.RemoveAt(1);
        cluster.Run(TimeSpan.FromSeconds(30));
        Assert.Equal(2, cluster.Coordinator.Evidence(cluster.Now).Silos.Count);

        cluster.Run(TimeSpan.FromSeconds(60));
        Assert.Equal("silo-0", Assert.Single(cluster.Coordinator.Evidence(cluster.Now).Silos).Silo);
    }
}
