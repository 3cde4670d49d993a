using CacheOrleans.Client.Adapters;
using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>The stores behind the caches of one test class, and the applications that use them.</summary>
public sealed class HybridSubjects : IAsyncLifetime
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly Gate _gate = new();
    private CacheCluster _cluster = null!;

    /// <summary>Whether the timeouts are short, for tests that stop the store.</summary>
    public bool HasShortTimeouts { get; init; }

    public async ValueTask InitializeAsync() => _cluster = await CacheCluster.StartAsync(
        configure: silo => silo.Services.AddSingleton<IIncomingGrainCallFilter>(_gate));

    /// <summary>The number of this project's callers that wait for a value which another caller loads.</summary>
    public int WaitingFor(string key) => _gate.Asked(AdapterKeys.Make("hybrid", key).Text) - 1;

    /// <summary>Stops the store behind the caches: Redis for Microsoft's, the silos for this project's.</summary>
    public async Task StopStoreAsync(Implementation implementation)
    {
        if (implementation == Implementation.Microsoft)
        {
            _redis.Stop();
        }
        else
        {
            await _cluster.Silos.StopAllSilosAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _redis.Dispose();
    }

    internal HybridApplication Start(
        Implementation implementation,
        Action<HybridSettings>? configure = null,
        Action<IServiceCollection>? register = null)
    {
        var settings = new HybridSettings();
        configure?.Invoke(settings);
        return implementation == Implementation.Microsoft
            ? StartMicrosoft(settings, register)
            : StartCluster(settings, register);
    }

    private HybridApplication StartMicrosoft(HybridSettings settings, Action<IServiceCollection>? register)
    {
        var log = new FakeLogCollector();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)));
        register?.Invoke(services);
        services.AddStackExchangeRedisCache(
            options => options.Configuration =
                $"{_redis.ConnectionString},asyncTimeout={(HasShortTimeouts ? 1000 : 5000)}");
        services.AddHybridCache(options =>
        {
            options.DefaultEntryOptions = settings.DefaultEntryOptions;
            options.MaximumPayloadBytes = settings.MaximumPayloadBytes;
            options.MaximumKeyLength = settings.MaximumKeyLength;
        });
        var provider = services.BuildServiceProvider();
        return new(provider.GetRequiredService<HybridCache>(), log, provider);
    }

    private HybridApplication StartCluster(HybridSettings settings, Action<IServiceCollection>? register)
    {
        var application = _cluster.Join(
            options =>
            {
                options.ResponseTimeout = TimeSpan.FromSeconds(HasShortTimeouts ? 1 : 30);
                options.OperationTimeout = TimeSpan.FromSeconds(HasShortTimeouts ? 1 : 30);
            },
            services =>
            {
                register?.Invoke(services);
                services.AddCacheOrleans().AsHybridCache(options =>
                {
                    options.CacheName = settings.CacheName;
                    options.DefaultEntryOptions = settings.DefaultEntryOptions;
                    options.MaximumPayloadBytes = (int)settings.MaximumPayloadBytes;
                    options.MaximumKeyLength = settings.MaximumKeyLength;
                });
            });
        return new(application.Services.GetRequiredService<HybridCache>(), application.Log, application)
        {
            Client = application.Client,
        };
    }
}
