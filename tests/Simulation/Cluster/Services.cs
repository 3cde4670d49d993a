using System.Diagnostics.Metrics;
using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Client;
using CacheOrleans.Client.Connection;
using CacheOrleans.Grains.Coordination;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Loading;
using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Redis.WriteBehind;
using CacheOrleans.Simulation.Histories;
using CacheOrleans.Simulation.Outside;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Services;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>The services of all simulated processes: those that silos and clients register for production, one scope
/// for each process.</summary>
/// <remarks>Everything of CacheOrleans that lives as long as a process lives as long as a scope here. Orleans' own
/// services are shared, because they only make references and copy messages.</remarks>
internal static class Services
{
    /// <param name="checksReads">Whether the clients check all their reads.</param>
    public static ServiceProvider Build(bool checksReads)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddCacheOrleans();
        });
        var services = builder.Services;
        services.AddCacheOrleans(ClientKinds.Near);
        services.AddCacheOrleans(ClientKinds.Strict, options => options.NearLease = TimeSpan.Zero);
        services.ConfigureAll<CacheClientOptions>(options => (
            options.CoherenceSampleOneIn, options.CoherenceMaxPerSecond) = (checksReads ? 1 : 0, 100));
        services.AddWriteBehind();

        // By default it is half of what the process may use, and to ask for that takes long.
        services.Configure<CacheEntryOptions>(options => options.MaxBytes = 1L << 30);
        // Histories are to see the end of breaks.
        services.Configure<BreakerOptions>(options => (options.BreakDuration, options.MaxBreakDuration) =
            (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10)));
        services.AddSingleton<RedisMetrics>();
        foreach (var cache in Caches.Registered)
        {
            services.AddSingleton(cache);
        }

        services.AddSingleton(new LoaderRegistration(Caches.Loaded.Name));
        services.AddKeyedScoped<ICacheLoader>(
            Caches.Loaded.Name, (scope, _) => new DatabaseLoader((SiloNode)Of(scope)!));
        services.AddSmallLimits();
        LimitToScopes(services);
        ReplaceOutside(services);
        return services.BuildServiceProvider(validateScopes: false);
    }

    /// <summary>Makes a silo that never starts; Orleans' grain services take it in their constructors.</summary>
    public static Silo MakeIdleSilo()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        return builder.Services.BuildServiceProvider().GetRequiredService<Silo>();
    }

    private static void LimitToScopes(IServiceCollection services)
    {
        for (var i = services.Count - 1; i >= 0; i--)
        {
            var service = services[i];
            if (service.IsKeyedService || service.Lifetime != ServiceLifetime.Singleton
                || service.ImplementationInstance is not null || !IsOurs(service))
            {
                continue;
            }

            services[i] = service.ImplementationFactory is { } factory
                ? ServiceDescriptor.Scoped(service.ServiceType, factory)
                : ServiceDescriptor.Scoped(service.ServiceType, service.ImplementationType!);
        }
    }

    private static bool IsOurs(ServiceDescriptor service)
    {
        var type = service.ServiceType;
        return type != typeof(IGrainService) && type != typeof(IHostedService)
            && !(type.IsGenericType && type.Namespace == typeof(IOptions<>).Namespace)
            && (Of(type) || (service.ImplementationType is { } implementation && Of(implementation))
                || type == typeof(ILifecycleParticipant<ISiloLifecycle>));

        static bool Of(Type type) =>
            type.Namespace?.StartsWith("CacheOrleans", StringComparison.Ordinal) == true
            || (type.IsGenericType && type.GetGenericArguments().Any(Of));
    }

    private static void ReplaceOutside(IServiceCollection services)
    {
        services.AddScoped<NodeScope>();
        services.Replace(ServiceDescriptor.Singleton<IGrainReferenceRuntime, SimulatedCalls>());
        services.Replace(ServiceDescriptor.Scoped<IMeterFactory, ScopedMeters>());
        services.Replace(ServiceDescriptor.Scoped<NewRandom>(scope => () => RandomOf(scope)));
        services.Replace(ServiceDescriptor.Scoped(scope =>
            ActivatorUtilities.CreateInstance<WriteBehindPace>(scope, RandomOf(scope))));
        services.Replace<TimeProvider>(node => node.Time);
        services.Replace<IClusterConnection>(node => ((ClientNode)node).Connection);
        services.Replace<IClusterMembershipService>(node => ((SiloNode)node).Membership);
        services.Replace<ILocalSiloDetails>(node => ((SiloNode)node).Details);
        services.Replace<IGrainRuntime>(node => new SiloRuntime((SiloNode)node));
        services.Replace<IBackingStore>(node => ((SiloNode)node).Redis);
        services.AddScoped<IAlertChannel>(scope => ((SiloNode)Of(scope)!).World.Chat);
    }

    /// <summary>Replaces a service in simulated processes; Orleans' shared services keep theirs.</summary>
    private static void Replace<T>(this IServiceCollection services, Func<Node, T> make)
        where T : class
    {
        var original = services.LastOrDefault(service => !service.IsKeyedService && service.ServiceType == typeof(T));
        services.RemoveAll<T>();
        services.AddScoped(scope => Of(scope) is { } node ? make(node) : (T)(
            original!.ImplementationInstance
            ?? original.ImplementationFactory?.Invoke(scope)
            ?? ActivatorUtilities.CreateInstance(scope, original.ImplementationType!)));
    }

    private static Random RandomOf(IServiceProvider scope) => new(Of(scope)!.Scheduler.Random.Next());

    private static Node? Of(IServiceProvider scope) => scope.GetRequiredService<NodeScope>().Node;
}
