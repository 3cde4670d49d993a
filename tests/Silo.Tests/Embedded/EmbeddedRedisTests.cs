using System.Net;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Embedded;

public sealed class EmbeddedRedisTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task StopThenStart_Requests_AreAnswered()
    {
        using var stop = await PostAsync("stop");
        using var again = await PostAsync("stop");
        using var without = await fixture.Http.GetAsync("/api/caches/language/entry?code=ko");
        using var start = await PostAsync("start");

        Assert.Equal(HttpStatusCode.NoContent, stop.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, without.StatusCode);
        Assert.Equal("fallback", without.Headers.GetValues("X-Cache").Single());
        Assert.Equal(HttpStatusCode.NoContent, start.StatusCode);
    }

    [Fact]
    public async Task SecondHost_OnTheSamePorts_JoinsTheFirst()
    {
        var second = await HostFixture.StartAsync(fixture.RedisPort, fixture.MembershipPort);
        await using (second)
        {
            using var http = new HttpClient { BaseAddress = new Uri(second.App.Urls.First()) };

            await Eventually.TrueAsync(
                async () => (await http.GetStringAsync("/api/silos")).Split("\"active\"").Length == 3,
                "the second silo sees both silos");
            using var refused = await http.PostAsync("/api/embedded/redis/stop", null);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            await second.App.StopAsync();
        }
    }

    [Fact]
    public async Task PortOfSomethingElse_NamesPortAndSetting()
    {
        var http = fixture.Http.BaseAddress!.Port;

        var failure = await Assert.ThrowsAsync<StartFailureException>(
            () => HostFixture.StartAsync(http, FreePort.Next()));

        Assert.Equal(ExitCode.Configuration, failure.Code);
        Assert.Contains($"127.0.0.1:{http} (Embedded:RedisPort)", failure.Message, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PostAsync(string verb) =>
        fixture.Http.PostAsync($"/api/embedded/redis/{verb}", null);
}
