using CacheOrleans.Breaker;
using CacheOrleans.Definitions;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Orleans.TestingHost;

namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>A cluster of silos in this process. Each has its own store and the real breaker; they share one fake
/// clock.</summary>
internal sealed class BreakerCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly List<BreakerSiloHandle> _silos = [];

    private BreakerCluster(
        int silos, IEnumerable<(string Path, string Value)> settings, Action<ISiloBuilder>? configure)
    {
        var builder = TestClusters.Builder(silos);
        builder.ConfigureHost(host => host.Configuration.AddInMemoryCollection(
            settings.Prepend(("Breaker:Jitter", "0")).Select(setting =>
                KeyValuePair.Create(setting.Item1, (string?)setting.Item2))));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton<FakeStore>();
            silo.Services.AddSingleton<IBackingStore>(services => services.GetRequiredService<FakeStore>());
            silo.Services.AddSingleton<IWriteBehind, FakeWriteBehind>();
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(Filter);
            silo.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(Log));
            silo.AddCacheOrleans()
                .AddCache(new CacheDefinition("user", "user:{user_id}", TimeSpan.FromMinutes(5)))
                .AddCache(new CacheDefinition("plain", "plain:{id}", TimeSpan.FromMinutes(5)));
            configure?.Invoke(silo);
        });
        _cluster = builder.Build();
    }

    public BreakerClock Time { get; } = new();

    public ReportFilter Filter { get; } = new(typeof(IBreakerCoordinator));

    public FakeLogCollector Log { get; } = new();

    public IReadOnlyList<BreakerSiloHandle> Silos => _silos;

    public BreakerSiloHandle this[int index] => _silos[index];

    public ICircuitBreakerGrain Breaker => Grains.GetGrain<ICircuitBreakerGrain>(ICircuitBreakerGrain.Redis);

    /// <summary>Grain references that make calls as a silo does.</summary>
    public IGrainFactory Grains => _cluster.SiloGrains();

    public InProcessTestCluster Cluster => _cluster;

    /// <summary>Starts silos with settings of the section <c>Breaker</c>, without jitter unless a setting adds it.
    /// </summary>
    public static Task<BreakerCluster> StartAsync(int silos, params (string Name, string Value)[] settings) =>
        StartAsync(silos, settings.Select(setting => ($"Breaker:{setting.Name}", setting.Value)), configure: null);

    /// <summary>Starts silos with any settings and further configuration.</summary>
    public static async Task<BreakerCluster> StartAsync(
        int silos, IEnumerable<(string Path, string Value)> settings, Action<ISiloBuilder>? configure)
    {
        var cluster = new BreakerCluster(silos, settings, configure);
        await cluster._cluster.DeployAsync();
        cluster._silos.AddRange(cluster._cluster.Silos.Select(handle => new BreakerSiloHandle(handle)));
        await cluster.CalmAsync();
        return cluster;
    }

    public async Task<BreakerSiloHandle> JoinAsync()
    {
        var silo = new BreakerSiloHandle(await _cluster.StartAdditionalSiloAsync());
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Kills the silo that hosts the coordinator of the breaker, or another coordinator.</summary>
    public async Task KillCoordinatorAsync(IAddressable? coordinator = null) =>
        await _cluster.KillSiloAsync(TakeCoordinator(coordinator ?? Breaker).Handle);

    /// <summary>Gracefully stops the silo that hosts the coordinator.</summary>
    public async Task StopCoordinatorAsync(IAddressable? coordinator = null) =>
        await _cluster.StopSiloAsync(TakeCoordinator(coordinator ?? Breaker).Handle);

    /// <summary>Waits until no report is due or under way.</summary>
    public async Task CalmAsync()
    {
        var looks = 0;
        await Eventually.TrueAsync(() => (looks = IsCalm() ? looks + 1 : 0) == 2, "no report is due or under way");
    }

    /// <summary>Advances the clock by at most a heartbeat at a time, so that every report that becomes due is
    /// answered.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= CircuitBreaker.Heartbeat)
        {
            await CalmAsync();
            Time.Advance(left < CircuitBreaker.Heartbeat ? left : CircuitBreaker.Heartbeat);
        }

        await CalmAsync();
    }

    /// <summary>Waits until the breaker of every silo is in the given state.</summary>
    public Task AllAsync(BreakerState state) => Eventually.TrueAsync(
        () => _silos.All(silo => silo.State == state), $"every silo is {state}");

    public async ValueTask DisposeAsync()
    {
        Filter.Release();
        await _cluster.DisposeAsync();
    }

    private BreakerSiloHandle TakeCoordinator(IAddressable grain)
    {
        Assert.True(_cluster.TryGetGrainContext(grain.GetGrainId(), out var coordinator));
        var silo = _silos.Single(silo => silo.Handle.SiloAddress.Equals(coordinator.Address.SiloAddress));
        _silos.Remove(silo);
        return silo;
    }

    private bool IsCalm() => _silos.All(silo => silo.IsCalm);
}
