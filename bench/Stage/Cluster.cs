using System.Net;
using CacheOrleans.Redis;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;

namespace CacheOrleans.Bench.Stage;

/// <summary>Silos with real sockets in this process, and the two Redis servers that they need.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly List<IHost> _silos = [];

    public StoreServer Cache { get; } = new();

    public StoreServer Membership { get; } = new();

    public IReadOnlyList<IHost> Silos => _silos;

    public IHost Silo => _silos[0];

    /// <summary>Starts silos.</summary>
    /// <param name="silos">The number of silos.</param>
    /// <param name="configure">Changes the services of each silo; null to change nothing.</param>
    public static async Task<Cluster> StartAsync(int silos, Action<IServiceCollection>? configure = null)
    {
        var cluster = new Cluster();
        for (var i = 0; i < silos; i++)
        {
            cluster._silos.Add(await StartSiloAsync(cluster.Cache, cluster.Membership, configure));
        }

        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.StopAsync();
            silo.Dispose();
        }

        Cache.Dispose();
        Membership.Dispose();
    }

    private static async Task<IHost> StartSiloAsync(
        StoreServer cache, StoreServer membership, Action<IServiceCollection>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole());
        builder.Services.AddRedisBackingStore(cache.ConnectionString);
        // On a busy machine, reads would time out, and the rows would measure the fallback.
        builder.Services.Configure<RedisOptions>(options =>
            options.ReadTimeout = options.WriteTimeout = TimeSpan.FromSeconds(10));
        // Nobody needs the writes that still wait when a comparison is over.
        builder.Services.Configure<WriteBehindOptions>(options => options.DrainTimeout = TimeSpan.Zero);
        builder.Services.AddSingleton<IConnectionMultiplexer>(
            _ => ConnectionMultiplexer.Connect(cache.ConnectionString)); // for the bare grains
        builder.UseOrleans(silo =>
        {
            silo.UseRedisClustering(membership.ConnectionString)
                .ConfigureEndpoints(IPAddress.Loopback, FreePort.Next(), FreePort.Next())
                .Configure<ClusterOptions>(options =>
                    (options.ClusterId, options.ServiceId) = ("cacheorleans", "cacheorleans"));
            silo.AddCacheOrleans().AddCache(Products.Bytes);
        });
        configure?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
