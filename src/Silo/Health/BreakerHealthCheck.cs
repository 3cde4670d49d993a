using System.Text.Json;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CacheOrleans.Silo.Health;

/// <summary>Reports the breaker's state in this silo, always as healthy: a silo that skips Redis is ready.</summary>
internal sealed class BreakerHealthCheck(IBreakerView breaker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(Describe(breaker.View)));

    internal static string Describe(BreakerView view)
    {
        var state = JsonNamingPolicy.CamelCase.ConvertName(view.State.ToString());
        return view.IsLocal ? $"{state} (local to this silo)" : state;
    }
}
