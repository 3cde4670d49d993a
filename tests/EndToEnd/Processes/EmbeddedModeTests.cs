using System.Net;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>Two silos as a new user starts them: with the SDK and no setup.</summary>
[Collection(nameof(EmbeddedCluster))]
public sealed class EmbeddedModeTests(EmbeddedCluster cluster)
{
    private static readonly string[] Entries =
    [
        "country/entry?code=KR", "country/entry?code=DE", "currency/entry?code=JPY", "language/entry?code=ko",
        "time_zone/entry?id=Asia/Seoul", "currency/entry?code=EUR", "home/entry",
    ];

    [Fact]
    public void Start_LogsNothing_OfTheEmbeddedServices()
    {
        Assert.Contains("CacheOrleans is ready", cluster.First.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("grain service", cluster.First.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("My range", cluster.First.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "L2")]
    public async Task Get_TwiceOverTwoSilos_ReadsTheFallbackThenMemory()
    {
        using var first = await cluster.First.GetEntryAsync("country/entry?code=KR&version=2");
        using var second = await cluster.Second.GetEntryAsync("country/entry?code=KR&version=2");

        Assert.Equal("fallback", first.Headers.GetValues("X-Cache").Single());
        Assert.Equal("memory", second.Headers.GetValues("X-Cache").Single());
        Assert.Equal("country/v2?code=KR", second.Headers.GetValues("X-Cache-Key").Single());
        var text = await second.Content.ReadAsStringAsync();
        Assert.Contains("대한민국", text, StringComparison.Ordinal);
        Assert.Equal(await first.Content.ReadAsStringAsync(), text);
    }

    [Fact]
    public async Task Get_TwoHundredAtOnceOverTwoSilos_CallsTheFallbackOnce()
    {
        var (fallbacks, calls) = (await CountAsync("fallback"), await CountAsync("requests"));
        var requests = Enumerable.Range(0, 200)
            .Select(i => i % 2 == 0 ? cluster.First : cluster.Second)
            .Select(silo => silo.SourceAsync("countries_by_currency/entry?currency=USD"));

        var sources = await Task.WhenAll(requests);

        Assert.Equal(fallbacks + 1, await CountAsync("fallback"));
        Assert.Equal(calls + 200, await CountAsync("requests"));
        Assert.Contains("fallback", sources);
    }

    [Fact]
    [Trait("Row", "L5")]
    public async Task RedisAway_ThousandRequests_SucceedAndWritesArriveLater()
    {
        (await cluster.First.Http.PostAsync("/api/embedded/redis/stop", null)).EnsureSuccessStatusCode();

        var requests = Enumerable.Range(0, 1000).Select(i =>
            (i % 2 == 0 ? cluster.First : cluster.Second).SourceAsync($"{Entries[i % Entries.Length]}{Version(i)}"));
        await Task.WhenAll(requests);
        (await cluster.First.Http.PostAsync("/api/embedded/redis/start", null)).EnsureSuccessStatusCode();

        await using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(
            $"{cluster.Redis},abortConnect=false");
        await Eventually.TrueAsync(
            async () => await redis.GetDatabase().KeyExistsAsync("cacheorleans:country:v11:country:KR")
                && await redis.GetDatabase().KeyExistsAsync("cacheorleans:home:v15:home"),
            "queued writes have reached Redis");
        await Eventually.TrueAsync(
            async () => (await cluster.First.Http.GetStringAsync("/api/breaker"))
                .Contains("\"state\":\"closed\"", StringComparison.Ordinal),
            "the breaker is closed for the next test");
    }

    [Fact]
    public async Task RedisStop_OnASiloThatDoesNotRunIt_IsAConflict()
    {
        using var response = await cluster.Second.Http.PostAsync("/api/embedded/redis/stop", null);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task Remove_OnOneSilo_IsSeenOnTheOther()
    {
        await cluster.First.SourceAsync("currency/entry?code=CHF");

        using var removed = await cluster.Second.Http.DeleteAsync("/api/caches/currency/entry?code=CHF");

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal("fallback", await cluster.First.SourceAsync("currency/entry?code=CHF"));
    }

    [Fact]
    public async Task Dashboard_ListsTheEntryGrain()
    {
        await cluster.First.SourceAsync("country/entry?code=FR");

        await Eventually.TrueAsync(
            async () => (await cluster.First.Http.GetStringAsync("/dashboard/DashboardCounters"))
                .Contains("CacheEntryGrain", StringComparison.Ordinal),
            "the dashboard lists CacheEntryGrain");
    }

    private Task<long> CountAsync(string counter) =>
        cluster.Second.ClusterCountAsync("countries_by_currency", counter);

    /// <summary>Uses five versions of each entry, so that the fallback runs too, and then the first version
    /// again.</summary>
    private static string Version(int i)
    {
        var separator = Entries[i % Entries.Length].Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{separator}version={(i < Entries.Length * 5 ? (i / Entries.Length) + 11 : 11)}";
    }
}
