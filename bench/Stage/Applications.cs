using CacheOrleans.Client;
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

/// <summary>Makes applications as their documentation says, each with connections of its own.</summary>
internal static class Applications
{
    /// <summary>The key of our <c>IDistributedCache</c>.</summary>
    public const string Synchronous = "synchronous";

    /// <summary>One with CacheOrleans' client and its adapter for <c>HybridCache</c>.</summary>
    /// <param name="membership">Where the silos are listed.</param>
    /// <param name="keepsAll">Whether it keeps as many copies as the peers do, which is all; otherwise as many as by
    /// default.</param>
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

    /// <summary>One with CacheOrleans' client, which has reached the cluster: it finds the first value that was put
    /// there.</summary>
    public static async Task<Application> StartConnectedAsync(string membership)
    {
        var application = await StartOursAsync(membership);
        await Eventually.TrueAsync(
            async () => (await application.Client.TryGetAsync(Products.Bytes, 0)).IsFound, "the client is connected");
        return application;
    }

    /// <summary>One that calls grains.</summary>
    public static Task<Application> StartGrainsAsync(string membership) => StartAsync(builder =>
    {
        builder.Configuration["ConnectionStrings:Membership"] = membership;
        builder.AddCacheOrleansClusterClient();
    });

    /// <summary>One with Microsoft's HybridCache, and FusionCache with its lock over all nodes.</summary>
    /// <param name="store">Where Redis is.</param>
    /// <param name="timeout">How long a call of Redis may take, in milliseconds.</param>
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
