using System.Net.Sockets;
using CacheOrleans.Alerts;
using CacheOrleans.Keys;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Silo.Tests.Startup;

public sealed class StartFailureTests
{
    public static TheoryData<string[], ExitCode, string> Wrong => new()
    {
        { ["--urls", "http://0.0.0.0:0"], ExitCode.Configuration, "Http:Keys:admin:Key" },
        { ["--Http:ApiKey", "x"], ExitCode.Configuration, "Http:ApiKey is not a setting" },
        { ["--Http:Keys:a", "x"], ExitCode.Configuration, "Http:Keys:a" },
        { ["--Http:Keys:a:Role", "read"], ExitCode.Configuration, "Http:Keys:a:Key is missing" },
        { ["--Http:Keys:a:Key", "x"], ExitCode.Configuration, "Http:Keys:a:Role is missing" },
        { ["--Http:Keys:a:Key", "x\n"], ExitCode.Configuration, "Http:Keys:a:Key is missing, begins or ends" },
        { ["--Http:AllowedHosts", "x"], ExitCode.Configuration, "Http:AllowedHosts is a list: write" },
        { ["--Http:AllowedHosts:0", "x:80"], ExitCode.Configuration, "Http:AllowedHosts:0 is 'x:80', and requests" },
        { ["--Http:AllowedHosts:1", "http://x/"], ExitCode.Configuration, "by name: write 'x'." },
        {
            ["--Http:AllowedHosts:0", "xn--bcher-kva.example"], ExitCode.Configuration, "write 'bücher.example'."
        },
        { ["--Http:AllowedHosts:0", "xn--99999999"], ExitCode.Configuration, "Http:AllowedHosts:0 is no name" },
        { ["--Http:AllowedHosts:0", "*.example"], ExitCode.Configuration, "there are no wildcards" },
        { ["--Http:Keys:a:Key", "x "], ExitCode.Configuration, "Http:Keys:a:Key is missing, begins or ends" },
        { ["--Http:Keys:a:Rol", "x"], ExitCode.Configuration, "did you mean Http:Keys:a:Role?" },
        {
            ["--Http:Keys:a:Key", "x", "--Http:Keys:a:Role", "cook"], ExitCode.Configuration, "Http:Keys:a:Role"
        },
        {
            [
                "--Http:Keys:a:Key", "x", "--Http:Keys:a:Role", "read",
                "--Http:Keys:b:Key", "x", "--Http:Keys:b:Role", "read",
            ],
            ExitCode.Configuration,
            "Http:Keys:a and Http:Keys:b have the same value"
        },
        { ["--Http:ReadsNeedKey", "true"], ExitCode.Configuration, "Http:ReadsNeedKey is true, but there is no key" },
        { ["--Http:MetricsNeedKey", "true"], ExitCode.Configuration, "Http:MetricsNeedKey is true" },
        { ["--urls", "nowhere"], ExitCode.Configuration, "'nowhere'" },
        { ["--Orleans:SiloPort", "65536"], ExitCode.Configuration, "Orleans:SiloPort must be between 0 and 65535." },
        { ["--Orleans:SiloPort", "x"], ExitCode.Configuration, "Orleans:SiloPort" },
        {
            ["--Orleans:AdvertisedAddress", "192.0.2.1"],
            ExitCode.Configuration,
            "The ports for silos and clients would be open to every machine that reaches 192.0.2.1. Set "
            + "Orleans:Tls:Certificate and Orleans:Tls:Authority"
        },
        { ["--Orleans:Tls:Certificate", "x.pem"], ExitCode.Configuration, "Orleans:Tls:Certificate cannot be read" },
        { ["--Orleans:AdvertisedAddress", "x"], ExitCode.Configuration, "Orleans:AdvertisedAddress" },
        {
            ["--Breaker:BreakDuration", "30"],
            ExitCode.Configuration,
            "Breaker:BreakDuration: '30' has no unit: write 30s"
        },
        { ["--Breaker:BreakDuration", "24:00:00"], ExitCode.Configuration, "Breaker:BreakDuration: '24:00:00'" },
        { ["--Caches:country:TimeToLive", "24:00:00"], ExitCode.Configuration, "TimeToLive: '24:00:00'" },
        { ["--Breaker:Treshold", "5"], ExitCode.Configuration, "did you mean Breaker:FailureThreshold?" },
        { ["--Orleans:ClusterID2", "x"], ExitCode.Configuration, "did you mean Orleans:ClusterId?" },
        { ["--Orleans:Tls:Certificat", "x"], ExitCode.Configuration, "did you mean Orleans:Tls:Certificate?" },
        { ["--Alerts:Slack:Webhook", "x"], ExitCode.Configuration, "Alerts:Slack:Webhook is not a setting" },
        { ["--Embedded:RedisPort", "0"], ExitCode.Configuration, "Embedded:RedisPort must be between" },
        { ["--Orleans:ClusterId", ""], ExitCode.Configuration, "Orleans:ClusterId" },
        { ["--MembershipGuard:Checks", "0"], ExitCode.Configuration, "MembershipGuard:Checks must be between" },
        { ["--Caches:bad:Key", "bad:{"], ExitCode.Configuration, "Caches:bad" },
        { ["--Caches:bad:Key", "bad"], ExitCode.Configuration, "Caches:bad:TimeToLive" },
        { ["--Caches:country:TimeToLive", "soon"], ExitCode.Configuration, "Caches:country:TimeToLive" },
        { ["--Caches:country:Key", "country:{iso}"], ExitCode.Configuration, "country" },
        { ["--Caches:country:Fallback:ConnectionString", "Nowhere"], ExitCode.Configuration, "Nowhere" },
        { ["--Redis:ReadTimeout", "-00:00:01"], ExitCode.Configuration, "Redis:ReadTimeout must be between" },
        { ["--Limits:MaxKeyLength", "5"], ExitCode.Configuration, "Limits:MaxKeyLength must be between" },
        { ["--Caches:country:Fallback:Sql", "select 1"], ExitCode.Configuration, "country" },
        { ["--Caches:country:Fallback:Sql", "selec 1 where code = @code"], ExitCode.Configuration, "country" },
        { ["--Alerts:Cooldown", "00:00:00"], ExitCode.Configuration, "Configuration: Alerts:Cooldown must be between" },
        { ["--Alerts:Cooldown", "soon"], ExitCode.Configuration, "Alerts:Cooldown" },
        { ["--Alerts:MaxKeys", "0"], ExitCode.Configuration, "Alerts:MaxKeys must be between" },
        { ["--Alerts:RedactionPatterns:0", "a(b"], ExitCode.Configuration, "Alerts:RedactionPatterns" },
        { ["--Alerts:Slack:AttemptTimeout", "1:00:00"], ExitCode.Configuration, "Alerts:Slack:AttemptTimeout must be" },
        { ["--ConnectionStrings:Membership", "127.0.0.1:9"], ExitCode.MembershipUnreachable, "127.0.0.1:9" },
        { ["--ConnectionStrings:Membership", "a:1,bogus=1"], ExitCode.Configuration, "ConnectionStrings:Membership" },
        { ["--ConnectionStrings:Redis", "::::"], ExitCode.Configuration, "ConnectionStrings:Redis" },
        { ["--ConnectionStrings:Redis", "a:1,bogus=1"], ExitCode.Configuration, "ConnectionStrings:Redis" },
        { ["--contentRoot", "/no/such/folder"], ExitCode.Configuration, "'/no/such/folder'" },
        { ["--ConnectionStrings:Membership", "ssl=true"], ExitCode.Configuration, "ConnectionStrings:Membership" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Start_WrongSetting_SaysWhichInOneLine(string[] arguments, ExitCode code, string named)
    {
        var failure = StartFailure.Describe(await FailAsync(arguments));

        Assert.NotNull(failure);
        Assert.Equal(code, failure.Code);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Describe_SeveralInvalidSections_NamesTheSettingsOfAll()
    {
        var failure = StartFailure.Describe(new AggregateException(
            new OptionsValidationException("", typeof(CacheLimits), ["Limits:MaxKeyLength must be 16 or more."]),
            new OptionsValidationException("", typeof(AlertOptions), ["Alerts:Cooldown must be 1s or more."])));

        Assert.Equal(ExitCode.Configuration, failure?.Code);
        Assert.Equal(
            "Configuration: Limits:MaxKeyLength must be 16 or more. Alerts:Cooldown must be 1s or more.",
            failure!.Message);
    }

    [Theory]
    [InlineData("hooks.slack.example/services/aWebhooksSecret")]
    [InlineData("http://hooks.slack.example/services/aWebhooksSecret")]
    [InlineData("ftp://hooks.slack.example/services/aWebhooksSecret")]
    [InlineData("https://hooks.slack.example:x/services/aWebhooksSecret")]
    public async Task Start_WrongWebhook_IsNamedAndNotShown(string url)
    {
        var failure = StartFailure.Describe(await FailAsync("--Alerts:Slack:WebhookUrl", url));

        Assert.Equal(ExitCode.Configuration, failure?.Code);
        Assert.Contains("Alerts:Slack:WebhookUrl", failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("aWebhooksSecret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task Start_SeveralUnclearSettings_NamesEachOnce()
    {
        var failure = StartFailure.Describe(await FailAsync("--Breaker:Treshold", "5", "--Alerts:Cooldown", "30"));

        Assert.Equal(
            "Configuration: Breaker:Treshold is not a setting; did you mean Breaker:FailureThreshold? "
            + "Alerts:Cooldown: '30' has no unit: write 30s for seconds, or 30d for days.",
            failure?.Message);
    }

    [Fact]
    public async Task Start_InvalidJson_NamesFileAndLine()
    {
        var folder = Directory.CreateTempSubdirectory("cacheorleans-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), "{ \"Caches\": {,} }");

        var failure = StartFailure.Describe(await FailAsync("--contentRoot", folder.FullName));

        folder.Delete(recursive: true);
        Assert.Equal(ExitCode.Configuration, failure?.Code);
        Assert.Contains("appsettings.json", failure!.Message, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 0", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_NamesTheAddress()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}";

        var failure = StartFailure.Describe(await FailAsync("--urls", url));

        Assert.Equal(ExitCode.Configuration, failure?.Code);
        Assert.Contains(url, failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "L5")]
    public async Task Start_RedisRefuses_ServesFromTheFallback()
    {
        var host = await HostFixture.StartAsync(
            FreePort.Next(),
            FreePort.Next(),
            "--ConnectionStrings:Redis",
            "127.0.0.1:9",
            "--WriteBehind:DrainTimeout",
            "00:00:00");
        await using (host)
        {
            using var http = new HttpClient { BaseAddress = new Uri(host.App.Urls.First()) };
            foreach (var source in (string[])["fallback", "memory"])
            {
                using var answer = await http.GetAsync("/api/caches/country/entry?code=KR");
                Assert.Equal(source, answer.Headers.GetValues("X-Cache").Single());
            }

            await host.App.StopAsync();
        }
    }

    [Fact]
    public void Describe_UnexpectedException_ReturnsNull() =>
        Assert.Null(StartFailure.Describe(new NotSupportedException()));

    /// <remarks>If an argument is given twice, the later one wins.</remarks>
    private static Task<Exception> FailAsync(params string[] arguments) => Assert.ThrowsAnyAsync<Exception>(async () =>
    {
        var host = await HostFixture.StartAsync(FreePort.Next(), FreePort.Next(), arguments);
        await host.App.StopAsync();
        await host.DisposeAsync();
    });
}
