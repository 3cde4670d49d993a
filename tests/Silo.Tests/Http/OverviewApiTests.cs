using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CacheOrleans.Silo.Tests.Http;

public sealed class OverviewApiTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Caches_AfterReads_CountsThem()
    {
        using var _ = await fixture.Http.GetAsync("/api/caches/home/entry");
        using var __ = await fixture.Http.GetAsync("/api/caches/home/entry");

        var caches = await fixture.Http.GetFromJsonAsync<JsonElement>("/api/caches");

        var home = caches.EnumerateArray().Single(cache => cache.GetProperty("name").GetString() == "home");
        Assert.Equal(300, home.GetProperty("timeToLiveSeconds").GetInt32());
        foreach (var scope in new[] { "silo", "cluster" })
        {
            Assert.Equal(2, home.GetProperty(scope).GetProperty("requests").GetInt32());
            Assert.Equal(1, home.GetProperty(scope).GetProperty("memory").GetInt32());
            Assert.Equal(1, home.GetProperty(scope).GetProperty("fallback").GetInt32());
        }
    }

    [Fact]
    public async Task Silos_SingleSilo_ListsThisSilo()
    {
        var silos = await fixture.Http.GetFromJsonAsync<JsonElement>("/api/silos");

        var silo = Assert.Single(silos.EnumerateArray());
        Assert.Equal("active", silo.GetProperty("status").GetString());
        Assert.True(silo.GetProperty("isThis").GetBoolean());
    }

    [Theory]
    [InlineData("/", "<h1>CacheOrleans</h1>")]
    [InlineData("/dashboard", "<html")]
    [InlineData("/healthz/live", "Healthy")]
    [InlineData("/healthz/ready", "Healthy")]
    [InlineData("/metrics", "orleans_")]
    public async Task OverviewPage_IsServed(string path, string holds)
    {
        using var answer = await fixture.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(holds, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_AfterARead_ContainTheProjectsMetrics()
    {
        using var _ = await fixture.Http.GetAsync("/api/caches/currency/entry?code=KRW");

        var metrics = await fixture.Http.GetStringAsync("/metrics");

        Assert.Contains("otel_scope_name=\"CacheOrleans\"", metrics, StringComparison.Ordinal);
    }
}
