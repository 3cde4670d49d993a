using System.Text;
using CacheOrleans.Loading;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class LeaseKeepingTests
{
    private static readonly EntryRequest Request = new(EntryDemand.Leased, TimeSpan.FromSeconds(10));

    [Fact]
    public async Task GetOrLease_EveryEntryIsPinned_TheLeaseStays()
    {
        await using var cluster = await EntryCluster.StartAsync(bounds: options => options.MaxCount = 1);
        List<(ICacheEntryGrain Entry, Guid Lease)> leases = [];
        for (var id = 0; id < 5; id++)
        {
            var entry = cluster.Entry($"plain/v1?id={id}");
            leases.Add((entry, (await entry.GetOrLeaseAsync(Request)).Lease));
        }

        foreach (var (entry, lease) in leases)
        {
            Assert.True(await entry.RenewAsync(lease));
        }
    }

    [Fact]
    public async Task GetOrLease_RegisteredFallbackFails_OneOfTheWaitingClientsLoads()
    {
        await using var cluster = await EntryCluster.StartAsync();
        var entry = cluster.Entry("user/v1?user_id=1");
        var gate = new TaskCompletionSource<LoadResult>();
        cluster.Loader.Answer = (_, _, _) => gate.Task;
        var read = entry.GetAsync();
        await Eventually.TrueAsync(() => cluster.Loader.Calls == 1, "the silo loads");
        Task<EntryReply>[] clients = [entry.GetOrLeaseAsync(Request), entry.GetOrLeaseAsync(Request)];
        await Eventually.TrueAsync(async () => (await cluster.CountAsync()).Shared == 2, "the clients wait");
        gate.SetException(new InvalidOperationException("The database is down."));

        await Assert.ThrowsAsync<CacheFallbackException>(() => read);
        var leased = await await Task.WhenAny(clients);
        Assert.Equal(EntryStatus.Leased, leased.Status);
        await entry.CompleteAsync(new(leased.Lease, Encoding.UTF8.GetBytes("client's")));
        Assert.Single(await Task.WhenAll(clients), reply => reply.Status == EntryStatus.Value);
    }
}
