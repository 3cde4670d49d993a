using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Http.Breaker;

public sealed class BreakerApiTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Path = "/api/breaker";

    [Fact]
    [Trait("Row", "B9")]
    public async Task Get_Healthy_IsClosedWithThisSilo()
    {
        await PostAsync("close");
        await Eventually.TrueAsync(
            async () => (await GetAsync()).GetProperty("silos").GetArrayLength() == 1, "the silo has reported");

        var breaker = await GetAsync();

        Assert.Equal("closed", breaker.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, breaker.GetProperty("openedAt").ValueKind);
        var silos = await fixture.Http.GetFromJsonAsync<JsonElement>("/api/silos");
        Assert.Equal(
            silos[0].GetProperty("address").GetString(),
            breaker.GetProperty("silos")[0].GetProperty("silo").GetString());
    }

    [Fact]
    public async Task Post_ManualChange_AppliesToEverySilo()
    {
        foreach (var (path, state) in new[] { ("isolate", "isolated"), ("disable", "disabled"), ("close", "closed") })
        {
            await PostAsync(path);

            var breaker = await GetAsync();
            Assert.Equal(state, breaker.GetProperty("state").GetString());
            var latest = breaker.GetProperty("transitions")[0];
            Assert.Equal(state, latest.GetProperty("to").GetString());
            Assert.Equal("manual", latest.GetProperty("cause").GetString());
            Assert.Equal("127.0.0.1", latest.GetProperty("by").GetString());
            await Eventually.TrueAsync(
                async () => await fixture.Http.GetStringAsync("/healthz/ready") == $"Healthy\nbreaker: {state}",
                $"this silo is {state}, and ready");
        }
    }

    [Fact]
    [Trait("Row", "B1")]
    public async Task Post_Isolate_EntriesSkipRedis()
    {
        await PostAsync("isolate");
        try
        {
            await Eventually.TrueAsync(
                async () => (await fixture.Http.GetStringAsync("/healthz/ready"))
                    .EndsWith("isolated", StringComparison.Ordinal),
                "this silo skips Redis");
            var before = await SkippedAsync();

            using var answer = await fixture.Http.GetAsync("/api/caches/language/entry?code=fr");

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(before + 1, await SkippedAsync());
        }
        finally
        {
            await PostAsync("close");
        }
    }

    [Fact]
    [Trait("Row", "B10")]
    public async Task Patch_SomeSettings_ReturnsAll()
    {
        var version = (await GetAsync()).GetProperty("settingsVersion").GetInt64();

        using var answer = await PatchAsync("""{"breakDurationSeconds":10,"quorum":1}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var settings = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(10, settings.GetProperty("breakDurationSeconds").GetDouble());
        Assert.Equal(11, settings.GetProperty("failureThreshold").GetDouble());
        var breaker = await GetAsync();
        Assert.Equal(settings.GetRawText(), breaker.GetProperty("settings").GetRawText());
        Assert.Equal(version + 1, breaker.GetProperty("settingsVersion").GetInt64());
    }

    [Theory]
    [InlineData("""{"failureThreshold":0}""", "failureThreshold")]
    [InlineData("""{"failureThreshold":5,"brake":1}""", "brake")]
    [InlineData("""{"breakDurationSeconds":1e400}""", "breakDurationSeconds")]
    [InlineData("""{"maxBreakDurationSeconds":0.001}""", "maxBreakDurationSeconds")]
    public async Task Patch_Invalid_NamesTheFieldAndChangesNothing(string body, string field)
    {
        var before = (await GetAsync()).GetProperty("settings").GetRawText();

        using var answer = await PatchAsync(body);

        var problem = await ProblemAsync(answer, 400);
        var error = problem.GetProperty("errors").GetProperty(field)[0].GetString();
        Assert.Contains(field, error, StringComparison.Ordinal);
        Assert.Equal(error, problem.GetProperty("detail").GetString());
        Assert.Equal(before, (await GetAsync()).GetProperty("settings").GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{threshold:1}")]
    public async Task Patch_NotAnObject_ListsTheSettings(string body)
    {
        using var answer = await PatchAsync(body);

        var problem = await ProblemAsync(answer, 400);
        Assert.Contains("probeTimeoutSeconds", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_EndlessBody_IsRefused()
    {
        using var answer = await PatchAsync($$"""{"failureThreshold":{{new string(' ', 20_000)}}5}""");

        await ProblemAsync(answer, 413);
    }

    [Theory]
    [InlineData("PATCH", "/settings")]
    [InlineData("POST", "/isolate")]
    [InlineData("POST", "/close")]
    [InlineData("POST", "/disable")]
    public async Task Change_FromAForeignPage_IsRefused(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Path + path);
        request.Headers.Add("Origin", "http://evil.example");
        request.Content = new StringContent("""{"failureThreshold":99}""");
        using var answer = await fixture.Http.SendAsync(request);

        await ProblemAsync(answer, 403);
    }

    [Theory]
    [InlineData("POST", "", 405)]
    [InlineData("PUT", "/settings", 405)]
    [InlineData("GET", "/isolate", 405)]
    [InlineData("POST", "/open", 404)]
    public async Task AnyMethod_UnknownPath_IsAProblem(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Path + path);
        using var answer = await fixture.Http.SendAsync(request);

        await ProblemAsync(answer, status);
    }

    private Task<JsonElement> GetAsync() => fixture.Http.GetFromJsonAsync<JsonElement>(Path);

    private Task<HttpResponseMessage> PatchAsync(string body) =>
        fixture.Http.PatchAsync($"{Path}/settings", new StringContent(body));

    private async Task PostAsync(string path)
    {
        using var answer = await fixture.Http.PostAsync($"{Path}/{path}", null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<int> SkippedAsync() => (await fixture.Http.GetFromJsonAsync<JsonElement>("/api/caches"))
        .EnumerateArray()
        .Single(cache => cache.GetProperty("name").GetString() == "language")
        .GetProperty("silo").GetProperty("skipped").GetInt32();

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
