using CacheOrleans.Definitions;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CacheOrleans.Silo.Health;

/// <summary>Adds the endpoints for liveness, readiness and metrics.</summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddSiloHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<SiloHealthCheck>("silo")
            .AddCheck<BreakerHealthCheck>("breaker");
        services.AddHostedService<StopDelay>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("cacheorleans"))
            .WithMetrics(metrics => metrics
                .AddMeter("CacheOrleans*", "Microsoft.Orleans")
                .AddPrometheusExporter());
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) => metrics.AddView(
            "cacheorleans.cache.*",
            new MetricStreamConfiguration { CardinalityLimit = MaxCacheLabels(provider) }));
        return services;
    }

    /// <summary>Returns how many cache labels there can be; metrics beyond the limit would not be exported.</summary>
    private static int MaxCacheLabels(IServiceProvider services) =>
        services.GetRequiredService<CacheRegistry>().Definitions.Count + CacheLabels.MaxOthers + 1;

    public static void MapSiloHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions { ResponseWriter = HealthReportText.WriteAsync })
            .AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(HttpAccess.Metrics);
    }
}
