using CacheOrleans.Silo.Tests.Security;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Silo.Tests.Http;

/// <summary>The end of a cache or a tag goes on when its caller has left, so it is logged before it begins.</summary>
public sealed class EndLogTests
{
    [Theory]
    [InlineData("/api/caches/country", 3005, "Cache 'country' is being ended by ")]
    [InlineData("/api/tags/plain", 3006, "Tag 'plain' is being ended by ")]
    public async Task End_IsLogged_WhileTheStoreHangs(string path, int id, string text)
    {
        using var redis = RedisServer.TryLaunch();
        Assert.SkipWhen(redis is null, "There is no redis-server on this machine.");
        await using var host = await HostFixture.StartAsync(
            FreePort.Next(),
            FreePort.Next(),
            "--ConnectionStrings:Redis", redis.ConnectionString,
            "--Redis:ReadTimeout", "1m",
            "--Redis:WriteTimeout", "1m");
        using var http = new HttpClient { BaseAddress = new Uri(host.App.Urls.First()) };
        var log = new FakeLogCollector();
        host.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(new FakeLoggerProvider(log));
        Assert.Equal(200, await http.StatusAsync("GET", "/api/caches/country/entry?code=KR"));

        redis.Pause();
        var ending = http.DeleteAsync(path);
        await Eventually.TrueAsync(() => log.Of(id).Count > 0, "the line is there");
        Assert.False(ending.IsCompleted, "The store hangs, and so does the end.");

        redis.Resume();
        using var ended = await ending;
        Assert.True(ended.IsSuccessStatusCode);
        Assert.StartsWith(text, Assert.Single(log.Of(id)).Message, StringComparison.Ordinal);
        await host.App.StopAsync();
    }
}
