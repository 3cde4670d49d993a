using CacheOrleans.Client;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CacheOrleans.EndToEnd.History;

/// <summary>Three silos in this process, and applications with their own clients.</summary>
internal sealed class HistoryCluster : IAsyncDisposable
{
    private readonly Dictionary<HistoryClient, ServiceProvider> _applications = [];

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
        var client = HistoryClient.Of(name, application);
        _applications.Add(client, application);
        return client;
    }

    /// <summary>Stops an application.</summary>
    public ValueTask LeaveAsync(HistoryClient client) =>
        _applications.Remove(client, out var application) ? application.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Moves the activations of rows while a history runs; each moves about every five seconds.</summary>
    /// <remarks>An activation is deactivated when the calls that wait in it have ended, after at most two seconds. If
    /// it moved more often, the lease of a slow fallback could not be renewed.</remarks>
    public Task MoveWhileAsync(Func<Task> run, IReadOnlyList<HistoryRow> rows) => MoveWhileAsync(
        run, i => Silos.Client.GetGrain<ICacheEntryGrain>(rows[i % rows.Count].Key), 5000 / rows.Count);

    /// <summary>Moves the activations of grains, one after the other, while a history runs.</summary>
    public async Task MoveWhileAsync(Func<Task> run, Func<int, IAddressable> grain, int milliseconds = 50)
    {
        var running = run();
        for (var i = 0; !running.IsCompleted; i++)
        {
            await Silos.TryMoveAsync(grain(i));
            await Latency.OfAsync(milliseconds);
        }

        await running;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications.Values)
        {
            await application.DisposeAsync();
        }

        await Silos.DisposeAsync();
    }
}
