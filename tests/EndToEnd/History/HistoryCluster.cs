using CacheOrleans.Client;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CacheOrleans.EndToEnd.History;

/// <summary>Three silos in this process, and applications with their own clients.</summary>
internal sealed class HistoryCluster : IAsyncDisposable
{
    private readonly List<ServiceProvider> _applications = [];

    private HistoryCluster(InProcessTestCluster silos) => Silos = silos;

    public InProcessTestCluster Silos { get; }

    public ICircuitBreakerGrain Breaker =>
        Silos.SiloGrains().GetGrain<ICircuitBreakerGrain>(ICircuitBreakerGrain.Redis);

    public static async Task<HistoryCluster> StartAsync(
        string redis, Action<ISiloBuilder>? configure = null, params (string Name, string Value)[] settings)
    {
        var builder = TestClusters.Builder(3);
        builder.ConfigureHost(host =>
        {
            host.Configuration.AddInMemoryCollection(
                settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddRedisBackingStore(redis);
            configure?.Invoke(silo);
        });
        var cluster = new HistoryCluster(builder.Build());
        await cluster.Silos.DeployAsync();
        return cluster;
    }

    /// <summary>Adds a client that the cache sees as a separate application.</summary>
    public HistoryClient Join(string name, Action<CacheClientOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IGrainFactory>(Silos.Client);
        services.AddSingleton(Silos.Client);
        services.AddCacheOrleans(configure);
        var application = services.BuildServiceProvider();
        _applications.Add(application);
        return HistoryClient.Of(name, application);
    }

    /// <summary>Moves the activations of rows, one after the other; each moves about every five seconds.</summary>
    /// <remarks>An activation is deactivated when the calls that wait in it have ended, after at most two seconds. If
    /// it moved more often, the lease of a slow fallback could not be renewed.</remarks>
    public async Task MoveAsync(IReadOnlyList<HistoryRow> rows, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await Silos.TryMoveAsync(Silos.Client.GetGrain<ICacheEntryGrain>(rows[i % rows.Count].Key));
            await Latency.OfAsync(5000 / rows.Count);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications)
        {
            await application.DisposeAsync();
        }

        await Silos.DisposeAsync();
    }
}
