using System.Text;
using CacheOrleans.Alerts;
using CacheOrleans.Definitions;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace CacheOrleans.Grains.Tests;

/// <summary>A cluster of silos in this process over one fake store, one fake loader and one fake clock.</summary>
internal sealed class EntryCluster : IAsyncDisposable
{
    public static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(5);

    private readonly InProcessTestCluster _cluster;

    private EntryCluster(int silos, Action<CacheEntryOptions>? bounds, Action<ISiloBuilder>? configure)
    {
        Writes = new FakeWriteBehind(Store);
        var builder = TestClusters.Builder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton<IBackingStore>(Store);
            silo.Services.AddSingleton<IWriteBehind>(Writes);
            silo.Services.AddSingleton<IBreakerGate>(Gate);
            silo.Services.AddSingleton<IAlerts>(Alerts);
            silo.Services.Configure<CacheLimits>(limits => limits.MaxValueBytes = 4096);
            silo.Services.Configure<CacheEntryOptions>(options => bounds?.Invoke(options));
            silo.AddCacheOrleans()
                .AddCache(new CacheDefinition("user", "user:{user_id}", TimeToLive))
                .AddCache(new CacheDefinition("plain", "plain:{id}", TimeToLive));
            silo.Services.AddSingleton(new LoaderRegistration("user"));
            silo.Services.AddKeyedSingleton<ICacheLoader>("user", Loader);
            configure?.Invoke(silo);
        });
        _cluster = builder.Build();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeStore Store { get; } = new();

    public FakeWriteBehind Writes { get; }

    public FakeGate Gate { get; } = new();

    public RecordingAlerts Alerts { get; } = new();

    public FakeLoader Loader { get; } = new();

    public InProcessTestCluster Silos => _cluster;

    public static async Task<EntryCluster> StartAsync(
        int silos = 1, Action<CacheEntryOptions>? bounds = null, Action<ISiloBuilder>? configure = null)
    {
        var cluster = new EntryCluster(silos, bounds, configure);
        await cluster._cluster.DeployAsync();
        cluster.Gate.Reports.Clear(); // the reads that a silo makes at its start
        return cluster;
    }

    public static string Text(CacheAnswer answer) => answer.Value is null ? "" : Encoding.UTF8.GetString(answer.Value);

    public static CacheWrite Write(string text, bool writeThrough = false) =>
        new(Encoding.UTF8.GetBytes(text), null, writeThrough);

    public ICacheEntryGrain Entry(string key) => _cluster.Client.GetGrain<ICacheEntryGrain>(key);

    public async Task<CacheCounters> CountAsync(string cache = "user")
    {
        var statistics = _cluster.GetSiloServiceProvider().GetRequiredService<IClusterStatistics>();
        var all = await statistics.GetAsync(CancellationToken.None);
        return all.Single(one => one.Definition.Name == cache).Cluster;
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
