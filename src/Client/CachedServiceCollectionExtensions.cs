using System.Diagnostics.CodeAnalysis;
using CacheOrleans.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds services whose methods are marked with <see cref="CacheWithFallbackAttribute"/>.</summary>
public static class CachedServiceCollectionExtensions
{
    /// <summary>Adds a cached service: the interface resolves to its generated decorator, which calls the
    /// implementation for missing values.</summary>
    /// <typeparam name="TService">The interface.</typeparam>
    /// <typeparam name="TImplementation">The class; it is also registered itself, unless it already is.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="lifetime">The lifetime of both registrations. A load may outlive the call that began it, and with
    /// it the scope of that call: a scoped implementation must still work after its scope has ended.</param>
    /// <param name="client">The name of the <see cref="ICacheClient"/>; null: the default client.</param>
    /// <exception cref="InvalidOperationException">No decorator was generated; the message says what to do.</exception>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCached<
        TService,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(
        this IServiceCollection services,
        ServiceLifetime lifetime = ServiceLifetime.Singleton,
        string? client = null)
        where TService : class
        where TImplementation : class, TService =>
        services.AddCached<TService, TImplementation>(
            CachedServices.Find<TService, TImplementation>(), lifetime, client);

    /// <summary>Adds a cached service with an explicit decorator, which a generic interface requires.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="decorate">Creates the decorator: the <c>Decorate</c> method of a generated class.</param>
    /// <param name="lifetime">The lifetime of both registrations, as in the other overload.</param>
    /// <param name="client">The name of the <see cref="ICacheClient"/>; null: the default client.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCached<
        TService,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(
        this IServiceCollection services,
        Func<ICacheClient, TService, TService> decorate,
        ServiceLifetime lifetime = ServiceLifetime.Singleton,
        string? client = null)
        where TService : class
        where TImplementation : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(decorate);
        services.TryAdd(ServiceDescriptor.Describe(typeof(TImplementation), typeof(TImplementation), lifetime));
        services.Add(ServiceDescriptor.Describe(typeof(TService), Make, lifetime));
        return services;

        object Make(IServiceProvider provider) => decorate(
            client is null
                ? provider.GetRequiredService<ICacheClient>()
                : provider.GetRequiredKeyedService<ICacheClient>(client),
            provider.GetRequiredService<TImplementation>());
    }
}
