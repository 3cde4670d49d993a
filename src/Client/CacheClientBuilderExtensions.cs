using CacheOrleans.Client;
using CacheOrleans.Client.Registration;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a client as the cache abstractions of .NET.</summary>
public static class CacheClientBuilderExtensions
{
    /// <summary>Registers the client as the application's <see cref="HybridCache"/>, or, if the client has a name, as
    /// the keyed service of that name. It replaces an earlier registration.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets options in code, after the configuration has been applied.</param>
    /// <returns>The same builder.</returns>
    public static CacheClientBuilder AsHybridCache(
        this CacheClientBuilder builder, Action<HybridCacheAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        HybridRegistration.Add(builder, builder.Name.Length == 0 ? null : builder.Name, configure);
        return builder;
    }

    /// <summary>Registers the client as a keyed <see cref="HybridCache"/> with its own cache in the cluster.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="serviceKey">The key of the service; its text names the section of its options. Different keys have
    /// different caches.</param>
    /// <param name="configure">Sets options in code, after the configuration has been applied.</param>
    /// <returns>The same builder.</returns>
    public static CacheClientBuilder AsKeyedHybridCache(
        this CacheClientBuilder builder, object serviceKey, Action<HybridCacheAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(serviceKey);
        HybridRegistration.Add(builder, serviceKey, configure);
        return builder;
    }

    /// <summary>Registers the client as the application's <see cref="IDistributedCache"/>, or, if the client has a
    /// name, as the keyed service of that name. It replaces an earlier registration.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets options in code, after the configuration has been applied.</param>
    /// <returns>The same builder.</returns>
    public static CacheClientBuilder AsDistributedCache(
        this CacheClientBuilder builder, Action<DistributedCacheAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        DistributedRegistration.Add(builder, builder.Name.Length == 0 ? null : builder.Name, configure);
        return builder;
    }

    /// <summary>Registers the client as a keyed <see cref="IDistributedCache"/> with its own cache in the
    /// cluster.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="serviceKey">The key of the service; its text names the section of its options. Different keys have
    /// different caches.</param>
    /// <param name="configure">Sets options in code, after the configuration has been applied.</param>
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
