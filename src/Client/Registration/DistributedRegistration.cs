using CacheOrleans.Client.Distributed;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Client.Registration;

/// <summary>Registers a client as an <see cref="IDistributedCache"/>.</summary>
internal static class DistributedRegistration
{
    private const string DefaultCache = "distributed";

    public static void Add(
        CacheClientBuilder builder, object? serviceKey, Action<DistributedCacheAdapterOptions>? configure)
    {
        var services = builder.Services;
        services.AddAdapterOptions<DistributedCacheAdapterOptions, DistributedCacheAdapterOptionsValidator>(
            serviceKey, DistributedCacheAdapterOptions.SectionName, DefaultCache, configure);
        services.Add(ServiceDescriptor.KeyedSingleton<IDistributedCache>(
            serviceKey, (provider, _) => Make(provider, builder.Name, AdapterName.OfOptions(serviceKey))));
    }

    private static ClusterDistributedCache Make(IServiceProvider provider, string client, string name)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<DistributedCacheAdapterOptions>>().Get(name);
        return new ClusterDistributedCache(
            provider.GetRequiredKeyedService<CacheClientInstance>(client).Client,
            options,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<ClusterDistributedCache>(),
            provider.GetRequiredService<TimeProvider>());
    }
}
