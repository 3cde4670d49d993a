using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Distributed;

/// <summary>A distributed cache of each implementation.</summary>
public sealed class DistributedSubjects : IAsyncLifetime
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private ServiceProvider _microsoft = null!;
    private CacheCluster _cluster = null!;
    private TestApplication _application = null!;

    public async ValueTask InitializeAsync()
    {
        _microsoft = new ServiceCollection()
            .AddStackExchangeRedisCache(options => options.Configuration = _redis.ConnectionString)
            .BuildServiceProvider();
        _cluster = await CacheCluster.StartAsync();
        _application = _cluster.Join(null, services => services.AddCacheOrleans().AsDistributedCache());
    }

    public async ValueTask DisposeAsync()
    {
        await _microsoft.DisposeAsync();
        await _cluster.DisposeAsync();
        _redis.Dispose();
    }

    internal IBufferDistributedCache Cache(Implementation implementation)
    {
        var services = implementation == Implementation.Microsoft ? _microsoft : _application.Services;
        return (IBufferDistributedCache)services.GetRequiredService<IDistributedCache>();
    }
}
