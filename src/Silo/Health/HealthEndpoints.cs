using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CacheOrleans.Silo.Health;

/// <summary>Liveness, readiness and metrics.</summary>
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
        return services;
    }

    public static void MapSiloHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks(
            "/healthz/ready", new HealthCheckOptions { ResponseWriter = HealthReportText.WriteAsync });
        app.MapPrometheusScrapingEndpoint("/metrics");
    }
}
