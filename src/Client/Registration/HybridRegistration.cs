using CacheOrleans.Client.Hybrid;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Client.Registration;

/// <summary>Registers a client as a <see cref="HybridCache"/>.</summary>
internal static class HybridRegistration
{
    private const string DefaultCache = "hybrid";

    public static void Add(
        CacheClientBuilder builder, object? serviceKey, Action<HybridCacheAdapterOptions>? configure)
    {
        var services = builder.Services;
        services.AddAdapterOptions<HybridCacheAdapterOptions, HybridCacheAdapterOptionsValidator>(
            serviceKey, HybridCacheAdapterOptions.SectionName, DefaultCache, configure);
        services.Add(ServiceDescriptor.KeyedSingleton<HybridCache>(
            serviceKey, (provider, _) => Make(provider, builder.Name, AdapterName.OfOptions(serviceKey))));
    }

    private static ClusterHybridCache Make(IServiceProvider provider, string client, string name)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<HybridCacheAdapterOptions>>().Get(name);
        var instance = provider.GetRequiredKeyedService<CacheClientInstance>(client).Client;
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<ClusterHybridCache>();
        var types = new HybridTypes(
            instance.Caches, provider.GetRequiredService<CacheSerializers>(), options, logger);
        return new ClusterHybridCache(new HybridServices(instance, logger, options.FallbackTimeout), types, options);
    }
}
