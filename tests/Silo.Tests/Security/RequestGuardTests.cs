using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CacheOrleans.Silo.Security;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Security;

public sealed class RequestGuardTests : IAsyncLifetime
{
    private const string Entry = "/api/caches/country/entry?code=KR";
    private readonly HttpClient _http = new();
    private SiloHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await HostFixture.StartAsync(FreePort.Next(), FreePort.Next(), "--Http:ApiKey", "sesame");
        _http.BaseAddress = new Uri(_host.App.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.App.StopAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Changes_NeedTheKeyAndNoForeignPage()
    {
        Assert.Equal(HttpStatusCode.OK, await SendAsync("GET", Entry));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("DELETE", Entry));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("DELETE", Entry, (ApiKey.HeaderName, "wrong")));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("DELETE", Entry, (ApiKey.HeaderName, "sesame")));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(
            "DELETE", Entry, (ApiKey.HeaderName, "sesame"), ("Origin", "http://evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(
            "DELETE", Entry, (ApiKey.HeaderName, "sesame"), ("Host", "evil.example")));
    }

    [Theory]
    [InlineData("PATCH", "/api/breaker/settings")]
    [InlineData("POST", "/api/breaker/isolate")]
    [InlineData("POST", "/api/breaker/close")]
    [InlineData("POST", "/api/breaker/disable")]
    public async Task ChangesOfTheBreaker_NeedTheKey(string method, string path) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(method, path));

    [Fact]
    public async Task Dashboard_NeedsTheKey_AlsoFromABrowser()
    {
        using var asked = await _http.GetAsync("/dashboard/");
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("me:sesame"));

        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Equal("Basic", asked.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("GET", "/DASHBOARD/version"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(
            "GET", "/dashboard/", ("Authorization", new AuthenticationHeaderValue("Basic", basic).ToString())));
    }

    private async Task<HttpStatusCode> SendAsync(
        string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }
}
