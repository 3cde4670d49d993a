using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.Silo.Tests.Startup;

/// <summary>Two clusters that share the embedded Redis.</summary>
public sealed class KeyPrefixStartTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Start_AnotherCluster_UsesItsIdAsThePrefix()
    {
        var host = await StartAsync("--Orleans:ClusterId", "green");
        await using (host)
        {
            using var http = new HttpClient { BaseAddress = new Uri(host.App.Urls.First()) };
            using var answer = await http.GetAsync("/api/caches/country/entry?code=KR");
            using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{fixture.RedisPort}");
            var keys = redis.GetDatabase();
            await Eventually.TrueAsync(
                () => keys.KeyExistsAsync("green:country:v1:country:KR"), "the value is in Redis");

            Assert.Equal("green", (string?)await keys.StringGetAsync("green:@cluster"));
            Assert.Equal("cacheorleans", (string?)await keys.StringGetAsync("cacheorleans:@cluster"));
            await host.App.StopAsync();
        }
    }

    [Fact]
    public async Task Start_AnotherClusterWithTheSamePrefix_NamesBothAndTheSetting()
    {
        var failure = StartFailure.Describe(await Assert.ThrowsAnyAsync<Exception>(
            () => StartAsync("--Orleans:ClusterId", "green", "--Redis:KeyPrefix", "cacheorleans")));

        Assert.Equal(ExitCode.Configuration, failure?.Code);
        foreach (var said in new[] { "'cacheorleans:'", "'green'", "Redis:KeyPrefix", "'cacheorleans:@cluster'" })
        {
            Assert.Contains(said, failure!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_IdIsNotAValidPrefix_NamesTheSetting()
    {
        var failure = StartFailure.Describe(await Assert.ThrowsAnyAsync<Exception>(
            () => StartAsync("--Orleans:ClusterId", "two words")));

        Assert.Equal(ExitCode.Configuration, failure?.Code);
        Assert.Contains("Redis:KeyPrefix must be 1 to 64 characters", failure!.Message, StringComparison.Ordinal);
    }

    private Task<SiloHost> StartAsync(params string[] arguments) =>
        HostFixture.StartAsync(fixture.RedisPort, FreePort.Next(), arguments);
}
