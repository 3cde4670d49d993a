using CacheOrleans.Grains.Entries;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntryLifeTests
{
    [Fact]
    public async Task Move_WriteWaits_NextOwnerReadsTheWrittenValue()
    {
        await using var cluster = await EntryCluster.StartAsync(silos: 3);
        var entry = cluster.Entry("user/v1?user_id=1");
        var gate = new TaskCompletionSource();
        cluster.Writes.Gate = gate.Task;
        await entry.SetAsync(EntryCluster.Write("queued"));

        var move = cluster.Silos.DeactivateAsync(entry);
        gate.SetResult();
        await move;

        var answer = await entry.GetAsync();
        Assert.Equal(("queued", EntrySource.Redis), (EntryCluster.Text(answer), answer.Source));
    }

    [Fact]
    public async Task Move_StoreIsDown_HandsTheWaitingWriteToTheNextOwner()
    {
        await using var cluster = await EntryCluster.StartAsync(silos: 2);
        var entry = cluster.Entry("user/v1?user_id=1");
        cluster.Writes.IsHeld = true;
        cluster.Writes.Gate = new TaskCompletionSource().Task;
        await entry.SetAsync(EntryCluster.Write("queued"));

        await cluster.Silos.DeactivateAsync(entry);

        await Eventually.TrueAsync(
            async () => (await entry.DescribeAsync()).State == EntryState.Value,
            "the next owner has received the waiting write");
        var answer = await entry.GetAsync();
        Assert.Equal(("queued", EntrySource.Memory), (EntryCluster.Text(answer), answer.Source));
    }

    [Fact]
    public async Task SiloStops_ItsEntries_AreServedByOtherSilos()
    {
        await using var cluster = await EntryCluster.StartAsync(silos: 3);
        var entries = Enumerable.Range(0, 60).Select(id => cluster.Entry($"user/v1?user_id={id}")).ToList();
        foreach (var entry in entries)
        {
            Assert.Equal(WriteOutcome.Applied, await entry.SetAsync(EntryCluster.Write("kept", writeThrough: true)));
        }

        await cluster.Silos.StopSiloAsync(cluster.Silos.Silos[2]);

        foreach (var entry in entries)
        {
            Assert.Equal("kept", EntryCluster.Text(await entry.GetAsync()));
        }

        Assert.Equal(0, cluster.Loader.Calls);
    }

    [Fact]
    public async Task Bounds_TooManyEntries_EvictTheLeastRecentlyUsed()
    {
        await using var cluster = await EntryCluster.StartAsync(bounds: options => options.MaxCount = 20);
        var hot = cluster.Entry("user/v1?user_id=hot");
        for (var id = 0; id < 200; id++)
        {
            await hot.GetAsync();
            await cluster.Entry($"user/v1?user_id={id}").GetAsync();
        }

        var evictor = cluster.Silos.GetSiloServiceProvider().GetRequiredService<EntryEvictor>();
        await Eventually.TrueAsync(() => evictor.Count <= 20, "the entries are within their bound");
        Assert.EndsWith("=hot#1", EntryCluster.Text(await hot.GetAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounds_TooManyBytes_EvictEntriesThatAreReadFromTheStoreAgain()
    {
        await using var cluster = await EntryCluster.StartAsync(bounds: options => options.MaxBytes = 100_000);
        for (var id = 0; id < 100; id++)
        {
            var write = new CacheWrite(new byte[4000], null, WriteThrough: true);
            await cluster.Entry($"user/v1?user_id={id}").SetAsync(write);
        }

        var evictor = cluster.Silos.GetSiloServiceProvider().GetRequiredService<EntryEvictor>();
        await Eventually.TrueAsync(() => evictor.Bytes <= 100_000, "the bytes are within their bound");
        Assert.Equal(EntrySource.Redis, (await cluster.Entry("user/v1?user_id=0").GetAsync()).Source);
        Assert.Equal(0, cluster.Loader.Calls);
    }

    [Fact]
    public async Task Bounds_WriteWaits_EntryStays()
    {
        await using var cluster = await EntryCluster.StartAsync(bounds: options => options.MaxCount = 5);
        var gate = new TaskCompletionSource();
        cluster.Writes.Gate = gate.Task;
        await cluster.Entry("user/v1?user_id=pending").SetAsync(EntryCluster.Write("pending"));

        for (var id = 0; id < 50; id++)
        {
            await cluster.Entry($"plain/v1?id={id}").GetAsync();
        }

        var pending = await cluster.Entry("user/v1?user_id=pending").DescribeAsync();
        Assert.Equal((EntryState.Value, true), (pending.State, pending.HasPendingWrite));
        gate.SetResult();
    }

    [Fact]
    public async Task Statistics_SumOverSilos()
    {
        await using var cluster = await EntryCluster.StartAsync(silos: 3);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(id => cluster.Entry($"user/v1?user_id={id}").GetAsync()));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(id => cluster.Entry($"user/v1?user_id={id}").GetAsync()));

        var counters = await cluster.CountAsync();

        Assert.Equal((100, 50, 50), (counters.Requests, counters.Fallback, counters.Memory));
    }
}
