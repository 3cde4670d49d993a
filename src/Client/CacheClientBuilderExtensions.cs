using CacheOrleans.Client.Registration;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client;

/// <summary>Offers a client as the caches that .NET applications know.</summary>
public static class CacheClientBuilderExtensions
{
    /// <summary>Adds the client as the application's <see cref="HybridCache"/>, or, where the client has a name, as the
    /// one of that key. It takes the place of one that was added before.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets options in code, after the configuration has.</param>
    /// <returns>The same builder.</returns>
    public static CacheClientBuilder AsHybridCache(
        this CacheClientBuilder builder, Action<HybridCacheAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        HybridRegistration.Add(builder, builder.Name.Length == 0 ? null : builder.Name, configure);
        return builder;
    }

    /// <summary>Adds the client as the <see cref="HybridCache"/> of a key, with a cache of its own in the
    /// cluster.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="serviceKey">The key of the service; its text names the section of its options. Keys that differ
    /// have caches that differ.</param>
    /// <param name="configure">Sets options in code, after the configuration has.</param>
    /// <returns>The same builder.</returns>
    public static CacheClientBuilder AsKeyedHybridCache(
        this CacheClientBuilder builder, object serviceKey, Action<HybridCacheAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(serviceKey);
        HybridRegistration.Add(builder, serviceKey, configure);
        return builder;
    }

    /// <summary>Adds the client as the application's <see cref="IDistributedCache"/>, or, where the client has a name,
    /// as the one of that key. It takes the place of one that was added before.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets options in code, after the configuration has.</param>
    /// <returns>The same builder.</returns>
    public static CacheClientBuilder AsDistributedCache(
        this CacheClientBuilder builder, Action<DistributedCacheAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        DistributedRegistration.Add(builder, builder.Name.Length == 0 ? null : builder.Name, configure);
        return builder;
    }

    /// <summary>Adds the client as the <see cref="IDistributedCache"/> of a key, with a cache of its own in the
    /// cluster.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="serviceKey">The key of the service; its text names the section of its options. Keys that differ
    /// have caches that differ.</param>
    /// <param name="configure">Sets options in code, after the configuration has.</param>
    /// <returns>The same builder.</returns>
    public static CacheClientBuilder AsKeyedDistributedCache(
        this CacheClientBuilder builder, object serviceKey, Action<DistributedCacheAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(serviceKey);
        DistributedRegistration.Add(builder, serviceKey, configure);
        return builder;
    }
}
