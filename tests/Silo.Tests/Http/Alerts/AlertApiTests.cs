using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Http.Alerts;

public sealed class AlertApiTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Path = "/api/alerts";

    [Fact]
    public async Task Get_Healthy_NamesChannelsAndCoordinator()
    {
        var alerts = await GetAsync();

        Assert.Equal("""["log"]""", alerts.GetProperty("channels").GetRawText());
        Assert.Equal(6, alerts.GetProperty("maxKeys").GetInt32());
        var silos = await fixture.Http.GetFromJsonAsync<JsonElement>("/api/silos");
        Assert.Equal(
            silos[0].GetProperty("address").GetString(), alerts.GetProperty("coordinator").GetString());
    }

    [Fact]
    public async Task Test_LogOnly_IsDeliveredAndListed()
    {
        using var answer = await fixture.Http.PostAsync($"{Path}/test", null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var test = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            """[{"channel":"log","state":"delivered","error":null}]""", test.GetProperty("deliveries").GetRawText());
        var decision = (await GetAsync()).GetProperty("decisions").EnumerateArray()
            .Single(one => one.GetProperty("id").GetRawText() == test.GetProperty("id").GetRawText());
        Assert.Equal("test", decision.GetProperty("kind").GetString());
    }

    [Fact]
    [Trait("Row", "L4")]
    [Trait("Row", "A1")]
    [Trait("Row", "A4")]
    public async Task Get_RedisIsAway_ShowsTheFailingCache()
    {
        await ChangeAsync("/api/embedded/redis/stop");
        try
        {
            using var entry = await fixture.Http.GetAsync("/api/caches/language/entry?code=ko");
            Assert.Equal(HttpStatusCode.OK, entry.StatusCode);

            await Eventually.TrueAsync(
                async () => (await GetAsync()).GetProperty("decisions").EnumerateArray().Any(IsAnnounced),
                "the failure was announced");
        }
        finally
        {
            await ChangeAsync("/api/embedded/redis/start");
        }

        var key = (await GetAsync()).GetProperty("keys").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "language");
        Assert.Equal("coolingDown", key.GetProperty("state").GetString());
        Assert.InRange(key.GetProperty("nextAllowedInSeconds").GetDouble(), 500, 600);
        Assert.True(key.GetProperty("isOpen").GetBoolean());
        Assert.Contains("cacheorleans_alerts_messages", await fixture.Http.GetStringAsync("/metrics"),
            StringComparison.Ordinal);

        static bool IsAnnounced(JsonElement decision) =>
            decision.GetProperty("name").GetString() == "language"
            && decision.GetProperty("kind").GetString() == "failing"
            && decision.GetProperty("stage").GetString() is "read" or "store"
            && decision.GetProperty("errorType").GetString() is not null
            && decision.GetProperty("deliveries")[0].GetProperty("state").GetString() == "delivered";
    }

    [Fact]
    public async Task Test_FromAForeignPage_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/test");
        request.Headers.Add("Origin", "http://evil.example");
        using var answer = await fixture.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST", "", 405)]
    [InlineData("GET", "/test", 405)]
    [InlineData("POST", "/send", 404)]
    public async Task AnyMethod_UnknownPath_IsAProblem(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Path + path);
        using var answer = await fixture.Http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private Task<JsonElement> GetAsync() => fixture.Http.GetFromJsonAsync<JsonElement>(Path);

    private async Task ChangeAsync(string path)
    {
        using var answer = await fixture.Http.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
