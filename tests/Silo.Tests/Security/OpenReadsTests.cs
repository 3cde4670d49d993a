using CacheOrleans.Silo.Security;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Security;

/// <summary>A host on loopback with a key: which callers may read, and what the answers reveal.</summary>
public sealed class OpenReadsTests(OpenReadsTests.LocalHost fixture) : IClassFixture<OpenReadsTests.LocalHost>
{
    private const string Entry = "/api/caches/country/entry?code=KR";
    private const string Broken = "/api/caches/broken/entry?id=1";
    private static readonly (string, string) Key = (ApiKeyHandler.HeaderName, "sesame");
    private readonly HttpClient _http = fixture.Http;

    [Fact]
    public async Task OnLoopback_Reads_NeedNoKeyAndMetricsFollowTheirSetting()
    {
        Assert.Equal(200, await _http.StatusAsync("GET", Entry));
        Assert.Equal(401, await _http.StatusAsync("DELETE", Entry));
        Assert.Equal(401, await _http.StatusAsync("GET", "/dashboard/"));
        Assert.Equal(401, await _http.StatusAsync("GET", "/metrics"));
        Assert.Equal(200, await _http.StatusAsync("GET", "/metrics", Key));
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("xn--a", 403)]
    [InlineData("xn--a.example:80", 403)]
    [InlineData("xn--bcher-kva.example", 200)]
    [InlineData("localhost", 200)]
    [InlineData("192.0.2.1:8080", 200)]
    public async Task ForeignHost_Read_IsRefused(string host, int status)
    {
        Assert.Equal(status, await _http.StatusAsync("GET", Entry, ("Host", host)));
        Assert.Equal(status, await _http.StatusAsync("GET", "/api/alerts", ("Host", host)));
        Assert.Equal(status, await _http.StatusAsync("GET", "/dashboard/version", ("Host", host), Key));
        Assert.Equal(status == 200 ? 404 : 403, await _http.StatusAsync("GET", "/nothing", ("Host", host)));
        Assert.Equal(status == 200 ? 204 : 403, await _http.StatusAsync("DELETE", Entry, ("Host", host), Key));
        Assert.Equal(200, await _http.StatusAsync("GET", "/healthz/live", ("Host", host)));
    }

    [Fact]
    public async Task ForeignOrigin_IsRefusedForChangesOnly()
    {
        var origin = ("Origin", "http://evil.example");

        Assert.Equal(200, await _http.StatusAsync("GET", Entry, origin));
        Assert.Equal(403, await _http.StatusAsync("DELETE", Entry, origin, Key));
    }

    [Fact]
    public async Task FailedFallback_OnlyOperators_SeeTheReason()
    {
        using var reader = await _http.SendAsync("GET", Broken);
        using var ops = await _http.SendAsync("GET", Broken, Key);

        Assert.Equal(502, (int)reader.StatusCode);
        Assert.Equal("The fallback of cache 'broken' failed.", await reader.DetailAsync());
        Assert.Equal(502, (int)ops.StatusCode);
        Assert.Equal(
            "The fallback of cache 'broken' failed. Failed to connect to 127.0.0.1:9", await ops.DetailAsync());
    }

    [Theory]
    [InlineData("SiloProperties/x")]
    [InlineData("SiloProperties/127.0.0.1:1@1")]
    [InlineData("HistoricalStats/x")]
    [InlineData("HistoricalStats///")]
    [InlineData("siloStats/x/y")]
    [InlineData("SiloCounters/%0A")]
    public async Task Dashboard_UnknownSilo_IsNotFound(string page) =>
        Assert.Equal(404, await _http.StatusAsync("GET", $"/dashboard/{page}", Key));

    [Theory]
    [InlineData("SiloProperties")]
    [InlineData("SiloStats")]
    [InlineData("SiloCounters")]
    [InlineData("HistoricalStats")]
    public async Task Dashboard_KnownSilo_IsShown(string page)
    {
        var silos = await _http.GetStringAsync("/api/silos");
        var address = silos.Split("\"address\":\"")[1].Split('"')[0];

        Assert.Equal(200, await _http.StatusAsync("GET", $"/dashboard/{page}/{address}", Key));
    }

    public sealed class LocalHost : IAsyncLifetime
    {
        private SiloHost _host = null!;

        public HttpClient Http { get; } = new();

        public async ValueTask InitializeAsync()
        {
            _host = await HostFixture.StartAsync(
                FreePort.Next(),
                FreePort.Next(),
                "--Http:Keys:ops:Key", "sesame", "--Http:Keys:ops:Role", "operate",
                "--Http:MetricsNeedKey", "true",
                "--Http:AllowedHosts:0", "bücher.example",
                "--ConnectionStrings:Away", "Host=127.0.0.1;Port=9;Username=reader;Timeout=1;Pooling=false",
                "--Caches:broken:Key", "broken:{id}", "--Caches:broken:TimeToLive", "1m",
                "--Caches:broken:Fallback:ConnectionString", "Away",
                "--Caches:broken:Fallback:Sql", "select 1 as one where @id = ''");
            Http.BaseAddress = new Uri(_host.App.Urls.First());
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await _host.App.StopAsync();
            await _host.DisposeAsync();
        }
    }
}
