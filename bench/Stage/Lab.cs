using CacheOrleans.Bench.Harness;
using StackExchange.Redis;

namespace CacheOrleans.Bench.Stage;

/// <summary>The environment of the experiments: how long they may take, and a cluster of one silo with an application
/// for each side; these start when they are first used.</summary>
internal sealed class Lab(BenchSettings settings) : IAsyncDisposable
{
    private Cluster? _cluster;
    private Application? _ours;
    private Application? _peers;
    private ConnectionMultiplexer? _redis;

    public BenchSettings Settings => settings;

    public Pace Pace => settings.IsQuick ? Pace.Quick : Pace.Full;

    public async Task<Cluster> ClusterAsync() => _cluster ??= await Cluster.StartAsync(1);

    public async Task<Application> OursAsync() =>
        _ours ??= await Applications.StartOursAsync((await ClusterAsync()).Membership.ConnectionString);

    public async Task<Application> PeersAsync() =>
        _peers ??= await Applications.StartPeersAsync((await ClusterAsync()).Cache.ConnectionString);

    /// <summary>Returns the cluster's Redis through the bare driver, on a connection of its own.</summary>
    public async Task<IDatabase> RedisAsync()
    {
        _redis ??= await ConnectionMultiplexer.ConnectAsync((await ClusterAsync()).Cache.ConnectionString);
        return _redis.GetDatabase();
    }

    /// <summary>Chooses a size by how long the run may take.</summary>
    public int Sized(int quick, int full) => settings.IsQuick ? quick : full;

    /// <summary>Returns the instructions for a client process of a cluster.</summary>
    public ClientOrder OrderFor(Cluster cluster, int keys) =>
        new(cluster.Membership.ConnectionString, cluster.Cache.ConnectionString, Pace, keys);

    /// <summary>Runs the comparisons that are selected.</summary>
    public async Task<IReadOnlyList<Row>> CompareAsync(params IReadOnlyList<Comparison> comparisons)
    {
        var selected = comparisons.Where(comparison => settings.Selects(comparison.Id)).ToList();
        return selected.Count == 0 ? [] : await Comparison.RunAsync(Pace, selected);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[_peers, _ours, _redis, _cluster])
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }
}
