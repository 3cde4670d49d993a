using Microsoft.Extensions.DependencyInjection;
namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>A cluster with one application that keeps copies and one that does not, and a cluster whose silos were
/// stopped.</summary>
public sealed class BlockedCluster : IAsyncLifetime
{
    private CacheCluster _cluster = null!;
    private CacheCluster _stopped = null!;

    internal IReadOnlyList<BlockedSubject> Reachable { get; private set; } = [];

    internal IReadOnlyList<BlockedSubject> Unreachable { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync();
        Reachable =
        [
            Join(_cluster, isReachable: true),
            Join(_cluster, isReachable: true, copies: TimeSpan.FromMinutes(1)),
        ];
        _stopped = await CacheCluster.StartAsync();
        Unreachable = [Join(_stopped, isReachable: false)];
        await _stopped.Silos.StopAllSilosAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _stopped.DisposeAsync();
    }

    private static BlockedSubject Join(CacheCluster cluster, bool isReachable, TimeSpan copies = default) =>
        new(cluster.Join(
            options =>
            {
                options.NearLease = copies;
                options.ResponseTimeout = TimeSpan.FromSeconds(isReachable ? 30 : 0.1);
                options.OperationTimeout = TimeSpan.FromSeconds(isReachable ? 30 : 0.1);
            },
            services =>
            {
                services.AddCacheOrleans().AsHybridCache().AsDistributedCache(options => options.NearLease = copies);
                services.AddCached<IDirectory, Directory>();
            }));
}
