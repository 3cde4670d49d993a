using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Distributed;

/// <summary>Many synchronous calls at once, on threads of the pool.</summary>
public sealed class SynchronousCallTests : IAsyncLifetime
{
    private const int Callers = 64;

    /// <summary>The pool by itself would need half a minute to replace so many blocked threads: it adds four a second.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    private CacheCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await CacheCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Get_ManySynchronousCallers_AddsThreadsUntilTheyReturn()
    {
        var application = _cluster.Join(services: services => services.AddCacheOrleans().AsDistributedCache());
        var cache = application.Services.GetRequiredService<IDistributedCache>();
        // Callers of one key would share a request.
        string[] keys = [.. Enumerable.Range(0, Callers).Select(i => $"key{i}")];
        foreach (var key in keys)
        {
            await cache.SetAsync(key, [1], new(), TestContext.Current.CancellationToken);
            _cluster.Gate.Close($"distributed/v1?key={key}");
        }

        ThreadPool.GetMinThreads(out var before, out _);
        var callers = keys.Select(key => Task.Run(() => cache.Get(key))).ToList();

        await Eventually.TrueAsync(() => _cluster.Gate.Waiting == Callers, "all callers have asked", Limit);
        ThreadPool.GetMinThreads(out var meanwhile, out _);
        Assert.InRange(meanwhile, before + Callers / 2, before + Callers * 2);
        Array.ForEach(keys, key => _cluster.Gate.Open($"distributed/v1?key={key}"));
        Assert.All(await Task.WhenAll(callers), value => Assert.Equal(1, Assert.Single(value!)));
        await Eventually.TrueAsync(
            () =>
            {
                ThreadPool.GetMinThreads(out var after, out _);
                return after < before + Callers / 2;
            },
            "the additional threads are released");
        Assert.Empty(application.Log.Of(4002));
    }
}
