using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Distributed;

/// <summary>A distributed cache of each implementation.</summary>
/// <remarks>Microsoft's uses a real Redis: if a key expires while it is refreshed, the driver cannot read Garnet's
/// answer.</remarks>
public sealed class DistributedSubjects : IAsyncLifetime
{
    private readonly RedisServer? _redis = RedisServer.TryLaunch();
    private ServiceProvider? _microsoft;
    private CacheCluster _cluster = null!;
    private TestApplication _application = null!;

    public async ValueTask InitializeAsync()
    {
        if (_redis is { } redis)
        {
            _microsoft = new ServiceCollection()
                .AddStackExchangeRedisCache(options => options.Configuration = redis.ConnectionString)
                .BuildServiceProvider();
        }

        _cluster = await CacheCluster.StartAsync();
        _application = _cluster.Join(null, services => services.AddCacheOrleans().AsDistributedCache());
    }

    public async ValueTask DisposeAsync()
    {
        await (_microsoft?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _cluster.DisposeAsync();
        _redis?.Dispose();
    }

    internal IBufferDistributedCache Cache(Implementation implementation)
    {
        var services = implementation == Implementation.Microsoft ? _microsoft : _application.Services;
        Assert.SkipWhen(services is null, "There is no redis-server on this machine.");
        return (IBufferDistributedCache)services!.GetRequiredService<IDistributedCache>();
    }
}
