using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Silo.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CacheOrleans.Silo.Tests.Health;

public sealed class BreakerHealthCheckTests
{
    [Theory]
    [InlineData(BreakerState.Closed, false, "closed")]
    [InlineData(BreakerState.Open, false, "open")]
    [InlineData(BreakerState.HalfOpen, true, "halfOpen (local to this silo)")]
    [InlineData(BreakerState.Isolated, false, "isolated")]
    [InlineData(BreakerState.Disabled, false, "disabled")]
    public async Task CheckHealthAsync_EveryState_IsHealthyAndDescribed(
        BreakerState state, bool isLocal, string description)
    {
        var result = await new BreakerHealthCheck(new OneView(new(1, state, isLocal))).CheckHealthAsync(new());

        Assert.Equal((HealthStatus.Healthy, description), (result.Status, result.Description));
    }

    private sealed record OneView(BreakerView View) : IBreakerView;
}
