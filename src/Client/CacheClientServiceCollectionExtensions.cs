using CacheOrleans;
using CacheOrleans.Client;
using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Registration;
using CacheOrleans.Client.Serialization;
using CacheOrleans.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds cache clients to an application.</summary>
public static class CacheClientServiceCollectionExtensions
{
    /// <summary>The other sections below <see cref="CacheClientOptions.SectionName"/>.</summary>
    private static readonly string[] Sections =
        ["Clients", "HybridCache", "HybridCaches", "DistributedCache", "DistributedCaches"];

    /// <summary>Adds the default <see cref="ICacheClient"/>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options in code, after the configuration has been applied.</param>
    /// <remarks>An application that is a silo, or has an Orleans client, is already connected. Any other application
    /// connects in the background to the cluster whose membership is stored in <c>ConnectionStrings:Membership</c>: it
    /// starts without a silo, runs its own fallbacks, and connects when a silo becomes available.</remarks>
    public static CacheClientBuilder AddCacheOrleans(
        this IServiceCollection services, Action<CacheClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddClient(Options.Options.DefaultName, configure);
        services.TryAddSingleton<ICacheClient>(provider =>
            provider.GetRequiredKeyedService<CacheClientInstance>(Options.Options.DefaultName).Client);
        return new CacheClientBuilder(services, Options.Options.DefaultName);
    }

    /// <summary>Adds a named <see cref="ICacheClient"/> as a keyed service, with its own options and copies.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Sets options in code, after the configuration has been applied.</param>
    /// <inheritdoc cref="AddCacheOrleans(IServiceCollection, Action{CacheClientOptions}?)" path="/remarks" />
    public static CacheClientBuilder AddCacheOrleans(
        this IServiceCollection services, string name, Action<CacheClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        services.AddClient(name, configure);
        services.TryAddKeyedSingleton<ICacheClient>(name, static (provider, key) =>
            provider.GetRequiredKeyedService<CacheClientInstance>(key).Client);
        return new CacheClientBuilder(services, name);
    }

    private static void AddClient(
        this IServiceCollection services, string name, Action<CacheClientOptions>? configure)
    {
        services.AddLogging();
        services.AddMetrics();
        EntryInterface.AddTo(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CacheSerializers>();
        services.TryAddSingleton<IClusterConnection>(Connect);
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IHostedService, ConnectionStart>(),
            ServiceDescriptor.Singleton<IValidateOptions<CacheClientOptions>, CacheClientOptionsValidator>(),
        ]);
        services.AddOptions<CacheClientOptions>(name)
            .Configure<IServiceProvider>((options, provider) =>
            {
                provider.Bind(options, CacheClientOptions.SectionName);
                provider.Bind(options, NamedSection.Clients, name);
            })
            .Configure(options => configure?.Invoke(options))
            .ValidateOnStart();
        services.AddSingleton(new NamedSection(NamedSection.Clients, name));
        services.TryAddKeyedSingleton(name, static (provider, key) =>
            CacheClientInstance.Make(provider, (string)key!));
    }

    private static IClusterConnection Connect(IServiceProvider services) =>
        services.GetService<IGrainFactory>() is { } grains
            ? new ApplicationConnection(grains, services.GetService<Gateways>())
            : new PrivateConnection(
                ClusterSettings.Read(services.GetService<IConfiguration>()),
                services.GetRequiredService<ILoggerFactory>(),
                services.GetRequiredService<TimeProvider>());

    /// <summary>Reads options from a section, or from the section of a name in it, if the application has a
    /// configuration.</summary>
    /// <exception cref="FormatException">A name is unknown, or a time span is invalid; the message names the
    /// setting.</exception>
    internal static void Bind(this IServiceProvider services, object options, string section, string? name = null)
    {
        if (name?.Length != 0 && services.GetService<IConfiguration>() is { } configuration)
        {
            NamedSection.Check(services, configuration);
            configuration.BindStrictly(name is null ? section : $"{section}:{name}", options, Sections);
        }
    }
}
