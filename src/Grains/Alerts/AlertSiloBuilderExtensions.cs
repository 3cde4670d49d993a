using CacheOrleans.Alerts;
using CacheOrleans.Grains.Coordination;
using CacheOrleans.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Adds alerts to a silo.</summary>
internal static class AlertSiloBuilderExtensions
{
    public static ISiloBuilder AddAlerts(this ISiloBuilder silo)
    {
        silo.Services.AddStrictOptions<AlertOptions, AlertOptionsValidator>(AlertOptions.SectionName, others: "Slack");
        silo.Services.AddSingleton<IValidateOptions<AlertOptions>, RedactionPatternsValidator>();
        silo.Services.AddReplica();
        silo.Services.TryAddSingleton(provider => new Redactor(
            provider.GetRequiredService<IOptions<AlertOptions>>().Value.RedactionPatterns,
            provider.GetServices<AlertSecret>()));
        silo.Services.TryAddSingleton<FailureText>();
        silo.Services.TryAddSingleton<AlertMetrics>();
        silo.Services.TryAddSingleton<AlertDiagnostics>();
        silo.Services.TryAddSingleton(services => new CoordinatorClient<AlertReport, AlertAnswer>(
            report => services.GetRequiredService<IGrainFactory>()
                .GetGrain<IAlertCoordinator>(IAlertThrottleGrain.Key).ReportAsync(report),
            SiloAlerts.AnswerTimeout,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<AlertDiagnostics>()));
        silo.Services.TryAddSingleton<AlertExchange>();
        silo.Services.TryAddSingleton<ActiveSilos<IAlertService>>();
        silo.Services.TryAddSingleton<AlertDispatcher>();
        silo.Services.TryAddTransient<AlertSender>();
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAlertChannel, LogChannel>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider =>
            provider.GetRequiredService<AlertDispatcher>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, AlertReporter>();
        return silo.AddGrainService<AlertService>();
    }

    /// <summary>Replaces the store's default failure reporting, which is for use without alerts, with alerts. Any other
    /// <see cref="IAlerts"/> is the application's choice, and stays.</summary>
    private static void AddReplica(this IServiceCollection services)
    {
        var none = services.FirstOrDefault(service =>
            service.ServiceType == typeof(IAlerts) && service.ImplementationType == typeof(NoAlerts));
        if (none is not null)
        {
            services.Remove(none);
        }

        services.TryAddSingleton<AlertReplica>();
        services.TryAddSingleton<IAlerts>(provider => provider.GetRequiredService<AlertReplica>());
    }
}
