using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CacheOrleans.Silo.Health;

/// <summary>Checks whether the silo is ready: it is active and not stopping. Redis is not checked.</summary>
internal sealed class SiloHealthCheck(ISiloStatusOracle oracle, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Decide(oracle.CurrentStatus, lifetime.ApplicationStopping.IsCancellationRequested));

    internal static HealthCheckResult Decide(SiloStatus status, bool isStopping)
    {
        if (isStopping)
        {
            return HealthCheckResult.Unhealthy("The silo is stopping.");
        }

        return status == SiloStatus.Active
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The silo is {status}.");
    }
}
