using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CacheOrleans.Alerts;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Silo.Tests.Http.Alerts;

/// <summary>A host with a webhook, and a server in this process in place of Slack.</summary>
public sealed class SlackHostTests : IAsyncLifetime
{
    private const string Key = "the key of this host";
    private const string Password = "the password of a Redis";
    private readonly HttpClient _http = new();
    private SlackServer _slack = null!;
    private SiloHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackServer.LaunchAsync();
        _host = await HostFixture.StartAsync(
            FreePort.Next(),
            FreePort.Next(),
            "--Alerts:Slack:WebhookUrl", _slack.Url,
            "--Alerts:Environment", "a test",
            "--Http:Keys:ops:Key", Key, "--Http:Keys:ops:Role", "operate",
            "--ConnectionStrings:Other", $"redis.example:6379,password={Password}");
        _http.BaseAddress = new Uri(_host.App.Urls.First());
        _http.DefaultRequestHeaders.Add("X-Api-Key", Key);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.App.StopAsync();
        await _host.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task Test_SlackAccepts_ArrivesWithTheSameId()
    {
        using var answer = await _http.PostAsync("/api/alerts/test", null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var test = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var request = Assert.Single(_slack.Requests);
        Assert.Equal(test.GetProperty("id").GetGuid(), request.Message);
        Assert.Contains("a test", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_SlackRefuses_SaysWhy()
    {
        _slack.Otherwise = SlackReply.Text(404, "no_service");

        using var answer = await _http.PostAsync("/api/alerts/test", null);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var detail = problem.GetProperty("detail").GetString();
        Assert.StartsWith("slack: ", detail, StringComparison.Ordinal);
        Assert.Contains("404 no_service", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WithoutKey_IsRefused()
    {
        _http.DefaultRequestHeaders.Remove("X-Api-Key");
        using var answer = await _http.PostAsync("/api/alerts/test", null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(_slack.Requests);
    }

    [Fact]
    public async Task Get_WithoutKey_NamesSlackAndNoSecret()
    {
        _slack.Otherwise = SlackReply.Text(400, $"nothing at {_slack.Url}");
        using var _ = await _http.PostAsync("/api/alerts/test", null);
        _http.DefaultRequestHeaders.Remove("X-Api-Key");

        var alerts = await _http.GetStringAsync("/api/alerts");

        Assert.Contains("""["log","slack"]""", alerts, StringComparison.Ordinal);
        Assert.Contains("nothing at", alerts, StringComparison.Ordinal);
        Assert.DoesNotContain(SlackServer.WebhookPath, alerts, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Banner.Lines(_host), line => line == "  alerts      log, slack");
    }

    [Theory]
    [InlineData(Key)]
    [InlineData(Password)]
    public void Redactor_SecretsOfTheConfiguration_AreKnown(string secret)
    {
        var redactor = _host.App.Services.GetRequiredService<Redactor>();

        Assert.DoesNotContain(secret, redactor.Redact($"It said '{secret}'."), StringComparison.Ordinal);
    }
}
