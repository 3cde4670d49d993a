using CacheOrleans.Definitions;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CacheOrleans.Bench.Breaker;

/// <summary>Silos in this process, each with its own breaker gate.</summary>
internal sealed class BreakerSilos : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private BreakerSilos(InProcessTestCluster cluster)
    {
        _cluster = cluster;
    }

    public IReadOnlyList<IBreakerGate> Gates =>
        [.. _cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<IBreakerGate>())];

    public ICircuitBreakerGrain Breaker => _cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>()
        .GetGrain<ICircuitBreakerGrain>(ICircuitBreakerGrain.Redis);

    public static async Task<BreakerSilos> StartAsync(short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false; // the log files would go into the current folder
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IBackingStore, NoStore>();
            silo.Services.AddSingleton<IWriteBehind, NoStore>();
            silo.AddCacheOrleans()
                .AddCache(new CacheDefinition("user", "user:{id}", TimeSpan.FromMinutes(5)))
                .AddCache(new CacheDefinition("order", "order:{id}", TimeSpan.FromMinutes(5)));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new BreakerSilos(cluster);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
