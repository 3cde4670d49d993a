using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Owner;

/// <summary>The part of <see cref="OwnerExperiment"/> that runs in a process of its own.</summary>
internal static class OwnerClient
{
    public const string Role = "owner.client";

    public static async Task<object> RunAsync(ClientOrder order)
    {
        await using var application = await Applications.StartConnectedAsync(order.Membership);
        var client = application.Client;
        await using var bare = await Applications.StartGrainsAsync(order.Membership);
        var grains = bare.Services.GetRequiredService<IGrainFactory>();
        await using var peers = await Applications.StartPeersAsync(
            order.Redis, timeout: 60_000); // callers starve each other of threads until the pool has grown
        var ours = application.Services.GetRequiredKeyedService<IDistributedCache>(Applications.Synchronous);
        var redis = peers.Services.GetRequiredService<IDistributedCache>();
        await SynchronousReaders.FillAsync(ours, redis);
        await ClientProcess.UntilToldAsync();
        return await Comparison.RunAsync(
            order.Pace,
            [
                new("owner.client", "owner hit from a client process, one caller", Target.Ratio(1.2),
                    Readers.Client(client, 1), Readers.Bare(grains, 1))
                {
                    Others = [Readers.Lease(grains, 1)],
                },
                new("owner.client-32", "owner hit from a client process, 32 callers", Target.Ratio(1.2),
                    Readers.Client(client, 32), Readers.Bare(grains, 32))
                {
                    Others = [Readers.Lease(grains, 32)],
                },
                new("owner.client-sync-64", "IDistributedCache.Get, 64 callers that block threads of the pool",
                    Target.Ratio(1),
                    SynchronousReaders.Of("our IDistributedCache.Get", ours, 64),
                    SynchronousReaders.Of("Microsoft's Redis cache", redis, 64)),
            ]);
    }
}
