using CacheOrleans.Breaker;
using CacheOrleans.Grains.Coordination;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Settings;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Adds the circuit breaker to a silo.</summary>
internal static class BreakerSiloBuilderExtensions
{
    public static ISiloBuilder AddBreaker(this ISiloBuilder silo)
    {
        silo.Services.AddStrictOptions<BreakerOptions, BreakerOptionsValidator>(
            BreakerOptions.SectionName, others: nameof(BreakerPresetOptions.Preset));
        silo.Services.AddSingleton<IOptionsFactory<BreakerOptions>, BreakerOptionsFactory>();
        silo.Services.AddGate();
        silo.Services.TryAddSingleton<BreakerReplica>();
        silo.Services.TryAddSingleton<IBreakerView>(provider => provider.GetRequiredService<BreakerReplica>());
        silo.Services.TryAddSingleton<BreakerMetrics>();
        silo.Services.TryAddSingleton<BreakerDiagnostics>();
        silo.Services.TryAddSingleton<BreakerAlerts>();
        silo.Services.TryAddSingleton(services => new CoordinatorClient<BreakerReport, BreakerAnswer>(
            report => services.GetRequiredService<IGrainFactory>()
                .GetGrain<IBreakerCoordinator>(ICircuitBreakerGrain.Redis).ReportAsync(report),
            SiloBreaker.AnswerTimeout,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<BreakerDiagnostics>()));
        silo.Services.TryAddSingleton<BreakerProbe>();
        silo.Services.TryAddSingleton<StoreReads>();
        silo.Services.TryAddSingleton<ActiveSilos<IBreakerService>>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, BreakerReporter>();
        silo.AddGrainService<BreakerService>();
        return silo.AddStartupTask((services, _) =>
        {
            WarnIfItCannotOpen(services);
            return Task.CompletedTask;
        });
    }

    /// <summary>Guards the store with the breaker, in place of the default gate that a store registers for use without
    /// a breaker. Any other gate is the application's choice, and stays.</summary>
    private static void AddGate(this IServiceCollection services)
    {
        var open = services.FirstOrDefault(service =>
            service.ServiceType == typeof(IBreakerGate) && service.ImplementationType == typeof(ClosedBreakerGate));
        if (open is not null)
        {
            services.Remove(open);
        }

        services.TryAddSingleton<IBreakerGate>(provider => provider.GetRequiredService<BreakerReplica>());
    }

    private static void WarnIfItCannotOpen(IServiceProvider services)
    {
        var caches = services.GetRequiredService<CacheRegistry>().Definitions.Count;
        var minimum = services.GetRequiredService<IOptions<BreakerOptions>>().Value.MinimumCaches;
        if (caches > 0 && caches < minimum) // a silo without caches of its own serves the caches that clients declare
        {
            services.GetRequiredService<ILogger<BreakerOptions>>().BreakerCannotOpen(minimum, caches);
        }
    }
}
