using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.Backplane.StackExchangeRedis;
using ZiggyCreatures.Caching.Fusion.Locking.Distributed.Redis;
using ZiggyCreatures.Caching.Fusion.Serialization.SystemTextJson;

namespace CacheOrleans.Bench.Stage;

/// <summary>Starts applications set up as each cache's documentation says, each with connections of its own.</summary>
internal static class Applications
{
    /// <summary>The key of our <c>IDistributedCache</c>.</summary>
    public const string Synchronous = "synchronous";

    /// <summary>Starts an application with CacheOrleans' client and its adapter for <c>HybridCache</c>.</summary>
    /// <param name="membership">The connection string of the membership.</param>
    /// <param name="keepsAll">Whether the client keeps all copies, as the peers do; otherwise it keeps the default
    /// number.</param>
    public static Task<Application> StartOursAsync(string membership, bool keepsAll = false) => StartAsync(builder =>
    {
        builder.Configuration["ConnectionStrings:Membership"] = membership;
        builder.Services.AddCacheOrleans(options =>
        {
            options.NearLease = TimeSpan.FromMinutes(10);
            if (keepsAll)
            {
                (options.NearMaxEntries, options.NearMaxBytes) = (1_000_000, 4L << 30);
            }
        }).AsHybridCache().AsKeyedDistributedCache(Synchronous);
    });

    /// <summary>Starts an application with CacheOrleans' client, and waits until the client has reached the cluster
    /// and finds the first value there.</summary>
    public static async Task<Application> StartConnectedAsync(string membership)
    {
        var application = await StartOursAsync(membership);
        await Eventually.TrueAsync(
            async () => (await application.Client.TryGetAsync(Products.Bytes, 0)).IsFound, "the client is connected");
        return application;
    }

    /// <summary>Starts an application that calls grains.</summary>
    public static Task<Application> StartGrainsAsync(string membership) => StartAsync(builder =>
    {
        builder.Configuration["ConnectionStrings:Membership"] = membership;
        builder.AddCacheOrleansClusterClient();
    });

    /// <summary>Starts an application with Microsoft's HybridCache, and with FusionCache and its distributed
    /// lock.</summary>
    /// <param name="store">The address of Redis.</param>
    /// <param name="timeout">The timeout of Redis calls, in milliseconds.</param>
    public static Task<Application> StartPeersAsync(string store, int timeout = 1000) => StartAsync(builder =>
    {
        var redis = store
            + $",abortConnect=false,connectTimeout=1000,syncTimeout={timeout},asyncTimeout={timeout}";
        builder.Services.AddStackExchangeRedisCache(options => options.Configuration = redis);
        builder.Services.AddHybridCache();
        var multiplexer = new Lazy<Task<IConnectionMultiplexer>>(async () =>
            await ConnectionMultiplexer.ConnectAsync(redis));
        builder.Services.AddFusionCache()
            .WithDefaultEntryOptions(options => options.SetDuration(TimeSpan.FromMinutes(30)))
            .WithSerializer(new FusionCacheSystemTextJsonSerializer())
            .WithRegisteredDistributedCache()
            .WithBackplane(new RedisBackplane(
                new RedisBackplaneOptions { ConnectionMultiplexerFactory = () => multiplexer.Value }))
            .WithDistributedLocker(new RedisDistributedLocker(
                new RedisDistributedLockerOptions { ConnectionMultiplexerFactory = () => multiplexer.Value }));
    });

    private static async Task<Application> StartAsync(Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical));
        configure(builder);
        var host = builder.Build();
        await host.StartAsync();
        return new Application(host);
    }
}
