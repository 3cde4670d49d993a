using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Health;

public sealed class HealthEndpointsTests
{
    [Fact]
    public async Task Metrics_OfManyCaches_ContainEveryRegisteredCache()
    {
        const int Count = 2500; // more than the exporter's default limit for one instrument
        await using var host = await HostFixture.StartAsync(
            FreePort.Next(),
            FreePort.Next(),
            [.. Enumerable.Range(0, Count).SelectMany(i => new[]
            {
                $"--Caches:cache{i}:Key", "{id}", $"--Caches:cache{i}:TimeToLive", "00:01:00",
            })]);
        using var http = new HttpClient { BaseAddress = new Uri(host.App.Urls.First()) };

        var metrics = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("otel_metric_overflow", metrics, StringComparison.Ordinal);
        Assert.All(
            Enumerable.Range(0, Count),
            i => Assert.Contains($"cache=\"cache{i}\"", metrics, StringComparison.Ordinal));
        await host.App.StopAsync(TestContext.Current.CancellationToken);
    }
}
