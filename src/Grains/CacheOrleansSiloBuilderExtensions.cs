using System.Security.Cryptography;
using CacheOrleans;
using CacheOrleans.Alerts;
using CacheOrleans.Definitions;
using CacheOrleans.Grains;
using CacheOrleans.Grains.Access;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Grains.Coordination;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Grains.HandOver;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Grains.Tags;
using CacheOrleans.Keys;
using CacheOrleans.Settings;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Orleans.Hosting;

/// <summary>Adds CacheOrleans to a silo.</summary>
public static class CacheOrleansSiloBuilderExtensions
{
    /// <summary>How long an entry without a value stays active without a call; an entry with a value stays as long as
    /// the value is valid.</summary>
    /// <remarks>Set in the options, because an attribute on the grain would override them.</remarks>
    private static readonly TimeSpan IdleAge = TimeSpan.FromMinutes(2);

    /// <summary>Adds the grains, the caches declared under <c>Caches</c> in configuration, and those declared in
    /// code.</summary>
    /// <remarks>An <see cref="IBackingStore"/> and an <see cref="IWriteBehind"/> are registered separately. An
    /// <see cref="IBreakerGate"/> that the application registers replaces the circuit breaker, and an
    /// <see cref="IAlerts"/> replaces the alerts about caches. The sections <c>Caches</c>, <c>Limits</c>,
    /// <c>Entries</c>, <c>Breaker</c> and <c>Alerts</c> are read strictly: a setting with an unknown name, or a time
    /// without a unit, fails the start.</remarks>
    /// <exception cref="FormatException">A setting of a cache has an unknown name, or is a time without a unit; the
    /// message has the setting's full name.</exception>
    /// <exception cref="InvalidOperationException">A setting of a cache is missing or invalid; the message has the
    /// setting's full name.</exception>
    public static CacheOrleansBuilder AddCacheOrleans(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        foreach (var definition in ConfiguredCaches.Read(silo.Configuration))
        {
            silo.Services.AddSingleton(definition);
        }

        EntryInterface.AddTo(silo.Services);
        silo.Services.AddStrictOptions<CacheLimits, CacheLimitsValidator>(CacheLimits.SectionName);
        silo.Services.AddStrictOptions<CacheEntryOptions, CacheEntryOptionsValidator>(CacheEntryOptions.SectionName);
        // A fallback may throw any type of exception. Without this, types outside of System would not reach callers in
        // other processes.
        silo.Services.Configure<ExceptionSerializationOptions>(options =>
            options.SupportedExceptionTypeFilter = type => type.IsSubclassOf(typeof(Exception)));
        silo.Services.Configure<GrainCollectionOptions>(options =>
            options.ClassSpecificCollectionAge[typeof(CacheEntryGrain).FullName!] = IdleAge);
        silo.Services.AddOptions<GrainDirectoryOptions>().Configure<IOptions<CacheEntryOptions>>(
            static (directory, entries) => directory.CacheSize = entries.Value.DirectoryCacheSize);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton(services => new ClusterIdentity(
            services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId));
        AddEntries(silo.Services);
        silo.AddIncomingGrainCallFilter<ClientCalls>();
        silo.AddGrainService<StatisticsService>();
        silo.AddGrainService<SiloProbe>();
        silo.AddAlerts();
        silo.AddBreaker();
        silo.AddTags();
        silo.AddHandOver();

        // A loader that cannot be constructed fails the start, not the first call.
        silo.AddStartupTask((services, _) => Task.FromResult(services.GetRequiredService<CacheCatalog>()));
        return new CacheOrleansBuilder(silo.Services);
    }

    private static void AddEntries(IServiceCollection services)
    {
        services.TryAddSingleton<NewRandom>(() => new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        services.TryAddSingleton<CacheRegistry>();
        services.TryAddSingleton(provider => new CacheLabels(
            provider.GetRequiredService<CacheRegistry>().Definitions.Select(definition => definition.Name)));
        services.TryAddSingleton<CacheMetrics>();
        services.TryAddSingleton<CacheCatalog>();
        services.TryAddSingleton<DeclarationShares>();
        services.TryAddSingleton<EntryKeys>();
        services.TryAddSingleton<EntryLookup>();
        services.TryAddSingleton<EntryFallback>();
        services.TryAddSingleton<PauseGuard>();
        services.TryAddSingleton<EntryServices>();
        services.TryAddSingleton<EntryEvictor>();
        services.TryAddSingleton<ActiveSilos<IStatisticsService>>();
        services.TryAddSingleton<IClusterCaches, ClusterCaches>();
        services.TryAddSingleton<IClusterStatistics, ClusterStatistics>();
    }
}
