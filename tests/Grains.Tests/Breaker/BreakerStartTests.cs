using CacheOrleans.Breaker;
using CacheOrleans.Definitions;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Orleans.TestingHost;

namespace CacheOrleans.Grains.Tests.Breaker;

public sealed class BreakerStartTests
{
    [Fact]
    public async Task Start_InvalidSettings_FailsAndNamesEach()
    {
        await using var cluster = Build([("Preset", "Sead"), ("FailureThreshold", "101"), ("Jitter", "0.6")]);

        var error = await Assert.ThrowsAnyAsync<Exception>(cluster.DeployAsync);

        Assert.Contains(
            "Breaker:Preset must be Cluster or Simple, not 'Sead'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Breaker:FailureThreshold", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Breaker:Jitter", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_OverrideThePreset()
    {
        await using var cluster = Build([("Preset", "simple"), ("BreakDuration", "00:00:10")]);
        await cluster.DeployAsync();

        var settings = cluster.GetSiloServiceProvider().GetRequiredService<IOptions<BreakerOptions>>().Value;

        Assert.Equal(BreakerOptions.Simple with { BreakDuration = TimeSpan.FromSeconds(10) }, settings);
    }

    [Fact]
    public async Task Gate_OfAStoreWithoutABreaker_IsReplaced()
    {
        await using var cluster = Build(
            [], before: services => services.TryAddSingleton<IBreakerGate, ClosedBreakerGate>());
        await cluster.DeployAsync();

        Assert.IsType<BreakerReplica>(cluster.GetSiloServiceProvider().GetRequiredService<IBreakerGate>());
    }

    [Fact]
    public async Task Gate_OfTheApplication_IsKept()
    {
        await using var cluster = Build([], before: services => services.AddSingleton<IBreakerGate, FakeGate>());
        await cluster.DeployAsync();

        Assert.IsType<FakeGate>(cluster.GetSiloServiceProvider().GetRequiredService<IBreakerGate>());
    }

    [Theory]
    [InlineData("2", 0)]
    [InlineData("3", 1)]
    public async Task Start_FewerCachesThanMinimumCaches_WarnsOnce(string names, int warnings)
    {
        var log = new FakeLogCollector();
        await using var cluster = Build(
            [("MinimumCaches", names)],
            before: services => services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(log)));
        await cluster.DeployAsync();

        var lines = log.Of(1014);

        Assert.Equal(warnings, lines.Count);
        Assert.All(lines, line => Assert.Contains("Breaker:MinimumCaches", line.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithoutCaches_DoesNotWarn_SinceClientsDeclareThem()
    {
        var log = new FakeLogCollector();
        await using var cluster = Build(
            [],
            before: services => services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(log)),
            hasCaches: false);
        await cluster.DeployAsync();

        Assert.Empty(log.Of(1014));
    }

    private static InProcessTestCluster Build(
        (string Name, string Value)[] settings, Action<IServiceCollection>? before = null, bool hasCaches = true)
    {
        var builder = TestClusters.Builder(1);
        builder.ConfigureHost(host => host.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"Breaker:{setting.Name}", (string?)setting.Value))));
        builder.ConfigureSilo((_, silo) =>
        {
            var store = new FakeStore();
            silo.Services.AddSingleton<IBackingStore>(store);
            silo.Services.AddSingleton<IWriteBehind>(new FakeWriteBehind(store));
            before?.Invoke(silo.Services);
            var caches = silo.AddCacheOrleans();
            if (hasCaches)
            {
                caches.AddCache(new CacheDefinition("user", "user:{user_id}", TimeSpan.FromMinutes(5)))
                    .AddCache(new CacheDefinition("plain", "plain:{id}", TimeSpan.FromMinutes(5)));
            }
        });
        return builder.Build();
    }
}
