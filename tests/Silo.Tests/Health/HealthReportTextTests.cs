using CacheOrleans.Silo.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CacheOrleans.Silo.Tests.Health;

public sealed class HealthReportTextTests
{
    [Fact]
    public void Of_Healthy_FirstLineIsHealthy() =>
        Assert.Equal("Healthy\nbreaker: open", Text(HealthCheckResult.Healthy(), HealthCheckResult.Healthy("open")));

    [Fact]
    public void Of_Unhealthy_SaysWhy() => Assert.Equal(
        "Unhealthy\nsilo: The silo is stopping.\nbreaker: closed",
        Text(HealthCheckResult.Unhealthy("The silo is stopping."), HealthCheckResult.Healthy("closed")));

    private static string Text(HealthCheckResult silo, HealthCheckResult breaker) =>
        HealthReportText.Of(new HealthReport(
            new Dictionary<string, HealthReportEntry> { ["silo"] = Entry(silo), ["breaker"] = Entry(breaker) },
            TimeSpan.Zero));

    private static HealthReportEntry Entry(HealthCheckResult result) =>
        new(result.Status, result.Description, TimeSpan.Zero, null, null);
}
