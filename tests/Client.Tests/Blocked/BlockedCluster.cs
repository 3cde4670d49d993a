using Microsoft.Extensions.DependencyInjection;
namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>A cluster with an application that keeps copies and one that does not, and the same without the cluster.
/// </summary>
public sealed class BlockedCluster : IAsyncLifetime
{
    private CacheCluster _cluster = null!;
    private CacheCluster _silent = null!;

    internal IReadOnlyList<BlockedSubject> Reachable { get; private set; } = [];

    internal IReadOnlyList<BlockedSubject> Unreachable { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync();
        Reachable = [Join(_cluster, isPatient: true), Join(_cluster, isPatient: true, copies: TimeSpan.FromMinutes(1))];
        _silent = await CacheCluster.StartAsync();
        Unreachable = [Join(_silent, isPatient: false)];
        await _silent.Silos.StopAllSilosAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _silent.DisposeAsync();
    }

    private static BlockedSubject Join(CacheCluster cluster, bool isPatient, TimeSpan copies = default) =>
        new(cluster.Join(
            options =>
            {
                options.NearLease = copies;
                options.ResponseTimeout = TimeSpan.FromSeconds(isPatient ? 30 : 0.1);
                options.OperationTimeout = TimeSpan.FromSeconds(isPatient ? 30 : 0.1);
            },
            services =>
            {
                services.AddCacheOrleans().AsHybridCache().AsDistributedCache(options => options.NearLease = copies);
                services.AddCached<IDirectory, Directory>();
            }));
}
