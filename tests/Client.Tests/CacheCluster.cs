using System.Text;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CacheOrleans.Client.Tests;

/// <summary>Silos in this process over a Redis in this process, and applications that use them.</summary>
internal sealed class CacheCluster : IAsyncDisposable
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly List<TestApplication> _applications = [];
    private readonly InProcessTestCluster _cluster;

    private CacheCluster(int silos, Action<ISiloBuilder>? configure)
    {
        var builder = TestClusters.Builder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddRedisBackingStore(_redis.ConnectionString);
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(Gate);
            silo.AddCacheOrleans()
                .AddCache(new CacheDefinition("greeting", "greeting:{name}", TimeSpan.FromMinutes(5)))
                .AddLoader<Greeter>("greeting");
            configure?.Invoke(silo);
        });
        _cluster = builder.Build();
    }

    public InProcessTestCluster Silos => _cluster;

    /// <summary>Counts requests to the owners, and delays answers.</summary>
    public Gate Gate { get; } = new();

    public static async Task<CacheCluster> StartAsync(int silos = 1, Action<ISiloBuilder>? configure = null)
    {
        var cluster = new CacheCluster(silos, configure);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Starts an application with its own client, which to the cluster looks like another process. Its
    /// response timeout is long, because the machine may be busy.</summary>
    public TestApplication Join(
        Action<CacheClientOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var application = new TestApplication(Configure, collection =>
        {
            collection.AddSingleton<IGrainFactory>(_cluster.Client);
            services?.Invoke(collection);
        });
        _applications.Add(application);
        return application;

        void Configure(CacheClientOptions options)
        {
            options.ResponseTimeout = TimeSpan.FromSeconds(30);
            configure?.Invoke(options);
        }
    }

    /// <summary>Declares a cache to the owner of a key, and forgets that request.</summary>
    public async Task DeclareAsync<T>(CacheDefinition<int, T> cache, int key)
    {
        await _applications[0].Client.TryGetAsync(cache, key);
        Gate.Forget(cache.Key(key).Text);
    }

    /// <summary>Stops the applications.</summary>
    public async ValueTask LeaveAsync()
    {
        foreach (var application in _applications)
        {
            await application.DisposeAsync();
        }

        _applications.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        await _cluster.DisposeAsync();
        _redis.Dispose();
    }

    /// <summary>The registered loader: greets by name, and finds nothing for names that begin with <c>no</c>.</summary>
    private sealed class Greeter : ICacheLoader
    {
        public async ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken)
        {
            var name = key.Parameters[0].Value;
            if (name == "slow")
            {
                await Latency.OfAsync(200);
            }

            return name == "trouble" ? throw new InvalidOperationException("the greeter is ill")
                : name.StartsWith("no", StringComparison.Ordinal) ? LoadResult.NotFound
                : LoadResult.Found(Encoding.UTF8.GetBytes($"hello {name}"));
        }
    }
}
