using System.Text;
using System.Text.Json;
using CacheOrleans.Silo.Security;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Security;

/// <summary>A host that other machines can reach, so that reads need a key too, with a key of each role.</summary>
public sealed class KeysHostTests(KeysHostTests.ExposedHost fixture) : IClassFixture<KeysHostTests.ExposedHost>
{
    private const string Entry = "/api/caches/country/entry?code=KR";
    private readonly HttpClient _http = fixture.Http;

    /// <summary>The lowest role that each endpoint requires; null if it requires none.</summary>
    public static TheoryData<string, string, string?> Endpoints => new()
    {
        { "GET", "/healthz/live", null },
        { "GET", "/healthz/ready", null },
        { "GET", "/", "read" },
        { "GET", Entry, "read" },
        { "HEAD", Entry, "read" },
        { "GET", "/api/caches", "read" },
        { "GET", "/api/silos", "read" },
        { "GET", "/api/breaker", "read" },
        { "GET", "/api/alerts", "read" },
        { "GET", "/metrics", "read" },
        { "GET", "/nothing", "read" },
        { "POST", "/api/silos", "read" },
        { "GET", "/api/caches/country/entry/description?code=KR", "read" },
        { "GET", "/api/tags/some", "read" },
        { "DELETE", "/api/tags/some", "write" },
        { "DELETE", "/api/caches/language", "write" },
        { "POST", "/api/caches/country/entry/expire?code=KR", "write" },
        { "PUT", Entry, "write" },
        { "DELETE", Entry, "write" },
        { "PATCH", "/api/breaker/settings", "operate" },
        { "POST", "/api/breaker/isolate", "operate" },
        { "POST", "/api/breaker/disable", "operate" },
        { "POST", "/api/breaker/close", "operate" },
        { "POST", "/api/alerts/test", "operate" },
        { "POST", "/api/embedded/redis/start", "operate" },
        { "GET", "/dashboard/", "operate" },
        { "GET", "/DASHBOARD/version", "operate" },
        { "GET", "/dashboard/SiloStats/x", "operate" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Endpoint_EachOne_RequiresItsRole(string method, string path, string? role)
    {
        string?[] roles = [null, "read", "write", "operate"];
        foreach (var given in roles)
        {
            var status = given is null
                ? await _http.StatusAsync(method, path)
                : await _http.StatusAsync(method, path, (ApiKeyHandler.HeaderName, $"the key to {given}"));

            var isAllowed = Array.IndexOf(roles, given) >= Array.IndexOf(roles, role);
            Assert.True(
                isAllowed ? status is not (401 or 403) : status == (given is null ? 401 : 403),
                $"{method} {path} with {given ?? "no key"}: {status}");
        }
    }

    [Fact]
    public async Task Change_WrongKey_IsUnauthorized() =>
        Assert.Equal(401, await _http.StatusAsync("DELETE", Entry, (ApiKeyHandler.HeaderName, "the key to nothing")));

    [Fact]
    public async Task Change_LesserRole_NamesTheRequiredRole()
    {
        using var answer = await _http.SendAsync(
            "POST", "/api/breaker/close", (ApiKeyHandler.HeaderName, "the key to write"));

        Assert.Equal(
            "The key 'writer' has the role write; this request needs the role operate.", await answer.DetailAsync());
    }

    [Fact]
    public async Task Read_NoKey_ChallengesABrowser()
    {
        using var answer = await _http.SendAsync("GET", "/");
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:the key to read"));

        Assert.Equal("Basic", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(200, await _http.StatusAsync("GET", "/", ("Authorization", basic)));
    }

    [Fact]
    public async Task Rotation_TwoKeysOfARole_BothWork() =>
        Assert.Equal(200, await _http.StatusAsync("GET", Entry, (ApiKeyHandler.HeaderName, "the next key to read")));

    [Fact]
    public async Task BreakerChange_IsAttributedToTheNameOfTheKey()
    {
        var key = (ApiKeyHandler.HeaderName, "the key to operate");
        Assert.Equal(204, await _http.StatusAsync("POST", "/api/breaker/isolate", key));
        Assert.Equal(204, await _http.StatusAsync("POST", "/api/breaker/close", key));

        using var breaker = await _http.SendAsync("GET", "/api/breaker", key);
        using var alerts = await _http.SendAsync("GET", "/api/alerts", key);

        Assert.Equal("ops@example", await FirstByAsync(breaker, "transitions"));
        Assert.Equal("ops@example", await FirstByAsync(alerts, "decisions"));
    }

    private static async Task<string?> FirstByAsync(HttpResponseMessage answer, string list)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty(list)[0].GetProperty("by").GetString();
    }

    public sealed class ExposedHost : IAsyncLifetime
    {
        private SiloHost _host = null!;

        public HttpClient Http { get; } = new();

        public async ValueTask InitializeAsync()
        {
            _host = await HostFixture.StartAsync(
                FreePort.Next(),
                FreePort.Next(),
                "--urls", "http://0.0.0.0:0",
                "--Http:Keys:reader:Key", "the key to read", "--Http:Keys:reader:Role", "read",
                "--Http:Keys:reader2:Key", "the next key to read", "--Http:Keys:reader2:Role", "Read",
                "--Http:Keys:writer:Key", "the key to write", "--Http:Keys:writer:Role", "write",
                "--Http:Keys:ops@example:Key", "the key to operate", "--Http:Keys:ops@example:Role", "operate");
            Http.BaseAddress = new Uri($"http://127.0.0.1:{new Uri(_host.App.Urls.First()).Port}");
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await _host.App.StopAsync();
            await _host.DisposeAsync();
        }
    }
}
