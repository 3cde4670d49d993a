using System.Text.RegularExpressions;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Health;

public sealed partial class HealthEndpointsTests
{
    [Fact]
    public async Task Metrics_OfManyCaches_ContainEveryRegisteredCache()
    {
        const int Count = 2050; // more than the exporter's default limit for one instrument
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
        var caches = Cache().Matches(metrics).Select(match => match.Groups["name"].Value).ToHashSet();
        Assert.Empty(Enumerable.Range(0, Count).Select(i => $"cache{i}").Except(caches));
        await host.App.StopAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("cache=\"(?<name>[^\"]+)\"")]
    private static partial Regex Cache();
}
