namespace CacheOrleans.Client.Tests;

/// <summary>Two silos that the tests of a class share, because starting silos is most of the work of these tests. Each
/// test has its own keys and applications.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    internal CacheCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await CacheCluster.StartAsync(silos: 2);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
