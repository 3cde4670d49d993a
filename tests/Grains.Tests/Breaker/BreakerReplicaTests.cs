using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tests.Breaker;

public sealed class BreakerReplicaTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryEnterAndSuccess_AllocateNothing(bool isOpen)
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        if (isOpen)
        {
            await cluster.Breaker.IsolateAsync();
            await cluster.AllAsync(BreakerState.Isolated);
        }

        var gate = cluster[0].Gate;
        Call(gate);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var call = 0; call < 10_000; call++)
        {
            Call(gate);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Success_WhileHealthy_IsReportedAsAUseOfTheStore()
    {
        await using var cluster = await BreakerCluster.StartAsync(2, ("FailureThreshold", "3"));
        await cluster.PassAsync(TimeSpan.FromSeconds(60));
        await cluster[1].ReadAsync();
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        // Silo 1 uses the store without failures, so silo 0 does not form a quorum.
        await cluster[0].FailAsync(10);
        await cluster.CalmAsync();

        Assert.Equal(BreakerState.Closed, (await cluster.Breaker.GetStatsAsync()).Snapshot.State);
    }

    [Fact]
    public async Task Metrics_ShowStateFailuresAndEvents()
    {
        await using var cluster = await BreakerCluster.StartAsync(1);
        using var metrics = new BreakerMeasurements(cluster[0].Services);
        Assert.True(cluster[0].Gate.TryEnter(out var early));
        await cluster[0].FailAsync(3);
        Assert.Equal((0, 3), (metrics.Read("state"), metrics.Read("failures")));

        await BreakerOpeningTests.OpenAsync(cluster);
        Assert.Equal((2, 0), (metrics.Read("state"), metrics.Read("failures")));
        cluster[0].Gate.OnSuccess(early, StoreOperation.Read);
        Assert.Equal(1, metrics.Read("late"));
        cluster[0].Mend();
        await cluster.PassAsync(TimeSpan.FromSeconds(180));

        Assert.Equal(0, metrics.Read("state"));
        Assert.Equal(3, metrics.Read("probes", "result=success"));
        Assert.Equal(0, metrics.Read("reports", "result=unanswered"));
        Assert.InRange(metrics.Read("reports", "result=answered"), 36, 60);
        Assert.Equal(1, metrics.Read("transitions", "from=closed", "to=open", "scope=cluster"));
        Assert.Equal(1, metrics.Read("transitions", "from=open", "to=halfOpen", "scope=cluster"));
        Assert.Equal(1, metrics.Read("transitions", "from=halfOpen", "to=closed", "scope=cluster"));
    }

    private static void Call(IBreakerGate gate)
    {
        if (gate.TryEnter(out var pass))
        {
            gate.OnSuccess(pass, StoreOperation.Read);
        }
    }
}
