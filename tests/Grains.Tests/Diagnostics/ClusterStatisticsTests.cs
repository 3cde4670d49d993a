using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Diagnostics;

public sealed class ClusterStatisticsTests
{
    [Fact]
    public async Task Get_SiloWasKilled_AnswersWithoutItSoon()
    {
        await using var cluster = await EntryCluster.StartAsync(silos: 3);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(id => cluster.Entry($"user/v1?user_id={id}").GetAsync()));
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[2]);

        var start = Stopwatch.GetTimestamp();
        var counters = await cluster.CountAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.InRange(counters.Requests, 1, 59);
    }

    [Fact]
    public async Task Get_CacheDeclaredByAClient_IsCounted()
    {
        await using var cluster = await EntryCluster.StartAsync();
        var life = new CacheLife(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));
        var entry = cluster.Entry("order/v1?id=1");
        await entry.DeclareAsync(new CacheDeclaration("order", "order:{id}", life));

        await entry.GetOrLeaseAsync(new EntryRequest(EntryDemand.Leased, TimeSpan.Zero));

        var counters = await cluster.CountAsync("order");
        Assert.Equal((1, 1, 0), (counters.Requests, counters.Fallback, counters.Memory));
    }

    [Fact]
    public async Task Instruments_AreTaggedWithDeclaredCachesOnly()
    {
        ConcurrentQueue<(string Name, object? Cache)> seen = [];
        await using var cluster = await EntryCluster.StartAsync();
        var factory = cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IMeterFactory>();
        using var listener = factory.Listener("cacheorleans.cache.");
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            seen.Enqueue((instrument.Name, tags.Length == 0 ? null : Assert.Single(tags.ToArray()).Value)));
        listener.Start();
        await cluster.Entry("user/v1?user_id=1").GetAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.Entry("stranger/v1?id=1").GetAsync());

        listener.RecordObservableInstruments();

        Assert.Equal(7, seen.Select(one => one.Name).Distinct().Count());
        Assert.Equal(["plain", "user"], seen.Select(one => (string)one.Cache!).Distinct().Order());
    }
}
