using System.Net;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>Two silos as a newcomer starts them: no set-up, nothing but the SDK.</summary>
public sealed class EmbeddedModeTests : IAsyncLifetime
{
    private static readonly string[] Entries =
    [
        "country/entry?code=KR", "country/entry?code=DE", "currency/entry?code=JPY", "language/entry?code=ko",
        "time_zone/entry?id=Asia/Seoul", "countries_by_currency/entry?currency=EUR", "home/entry",
    ];

    private readonly SiloSettings _settings = new() { More = new() { ["Breaker__Break"] = "00:00:02" } };
    private SiloProcess _first = null!;
    private SiloProcess _second = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await SiloProcess.StartAsync(_settings);
        _second = await SiloProcess.StartAsync(_settings);
        await Eventually.TrueAsync(
            async () => await _first.ActiveSilosAsync() == 2 && await _second.ActiveSilosAsync() == 2,
            "both silos know each other");
    }

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
    }

    [Fact]
    [Trait("Row", "L2")]
    public async Task Get_TwiceOverTwoSilos_FallbackThenMemory()
    {
        using var first = await _first.GetEntryAsync("country/entry?code=KR");
        using var second = await _second.GetEntryAsync("country/entry?code=KR");

        Assert.Equal("fallback", first.Headers.GetValues("X-Cache").Single());
        Assert.Equal("memory", second.Headers.GetValues("X-Cache").Single());
        Assert.Equal("country/v1?code=KR", second.Headers.GetValues("X-Cache-Key").Single());
        var text = await second.Content.ReadAsStringAsync();
        Assert.Contains("대한민국", text, StringComparison.Ordinal);
        Assert.Equal(await first.Content.ReadAsStringAsync(), text);
    }

    [Fact]
    public async Task Get_TwoHundredAtOnceOverTwoSilos_OneFallbackCall()
    {
        var requests = Enumerable.Range(0, 200)
            .Select(i => (i % 2 == 0 ? _first : _second).SourceAsync("countries_by_currency/entry?currency=USD"));

        var sources = await Task.WhenAll(requests);

        Assert.Equal(1, await _first.ClusterCountAsync("countries_by_currency", "fallback"));
        Assert.Equal(200, await _second.ClusterCountAsync("countries_by_currency", "requests"));
        Assert.Contains("fallback", sources);
    }

    [Fact]
    [Trait("Row", "L5")]
    public async Task RedisAway_ThousandRequests_NoneFails_AndHeldWritesReachItLater()
    {
        (await _first.Http.PostAsync("/api/embedded/redis/stop", null)).EnsureSuccessStatusCode();

        var requests = Enumerable.Range(0, 1000).Select(i =>
            (i % 2 == 0 ? _first : _second).SourceAsync($"{Entries[i % Entries.Length]}{Version(i)}"));
        await Task.WhenAll(requests);
        (await _first.Http.PostAsync("/api/embedded/redis/start", null)).EnsureSuccessStatusCode();

        await using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(
            $"localhost:{_settings.EmbeddedRedisPort},abortConnect=false");
        await Eventually.TrueAsync(
            async () => await redis.GetDatabase().KeyExistsAsync("cache:country:v1:country:KR")
                && await redis.GetDatabase().KeyExistsAsync("cache:home:v5:home"),
            "held writes have reached Redis");
    }

    [Fact]
    public async Task RedisStop_OnTheSiloThatDoesNotRunIt_IsConflict()
    {
        using var response = await _second.Http.PostAsync("/api/embedded/redis/stop", null);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task Remove_OnOneSilo_IsSeenOnTheOther()
    {
        await _first.SourceAsync("currency/entry?code=CHF");

        using var removed = await _second.Http.DeleteAsync("/api/caches/currency/entry?code=CHF");

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal("fallback", await _first.SourceAsync("currency/entry?code=CHF"));
    }

    [Fact]
    public async Task Dashboard_ListsTheEntryGrain()
    {
        await _first.SourceAsync("country/entry?code=FR");

        await Eventually.TrueAsync(
            async () => (await _first.Http.GetStringAsync("/dashboard/DashboardCounters"))
                .Contains("CacheEntryGrain", StringComparison.Ordinal),
            "the dashboard lists CacheEntryGrain");
    }

    /// <summary>Five versions of each entry, so that the fallback has work too; then the first again.</summary>
    private static string Version(int i)
    {
        var separator = Entries[i % Entries.Length].Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{separator}version={(i < Entries.Length * 5 ? (i / Entries.Length) + 1 : 1)}";
    }
}
