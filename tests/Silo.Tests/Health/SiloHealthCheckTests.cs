using CacheOrleans.Silo.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CacheOrleans.Silo.Tests.Health;

public sealed class SiloHealthCheckTests
{
    [Theory]
    [InlineData(SiloStatus.Active, false, HealthStatus.Healthy)]
    [InlineData(SiloStatus.Active, true, HealthStatus.Unhealthy)]
    [InlineData(SiloStatus.Joining, false, HealthStatus.Unhealthy)]
    [InlineData(SiloStatus.ShuttingDown, false, HealthStatus.Unhealthy)]
    [InlineData(SiloStatus.Dead, false, HealthStatus.Unhealthy)]
    public void Decide_OnlyActiveAndNotStopping_IsReady(SiloStatus status, bool isStopping, HealthStatus expected) =>
        Assert.Equal(expected, SiloHealthCheck.Decide(status, isStopping).Status);
}
