using CacheOrleans.Alerts;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Silo.Tests.Startup;

public sealed class BannerTests
{
    [Theory]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://0.0.0.0:8080", "http://localhost:8080")]
    [InlineData("http://[::]:8080", "http://localhost:8080")]
    [InlineData("http://*:8080", "http://localhost:8080")]
    public void Reachable_Wildcard_IsThisMachine(string url, string expected) =>
        Assert.Equal(expected, Banner.Reachable(url));

    [Theory]
    [InlineData("http://localhost:8080", "curl -i 'http://localhost:8080/api/caches/country/entry?code=KR'")]
    [InlineData(
        "http://*:8080", "curl -i -H 'X-Api-Key: …' 'http://localhost:8080/api/caches/country/entry?code=KR'")]
    public void Example_ReadsNeedAKey_HasItsHeader(string url, string expected) =>
        Assert.Equal(expected, Banner.Example(Settings(url), Banner.Reachable(url)));

    [Theory]
    [InlineData(true, "log, pager")]
    [InlineData(false, "pager")]
    public void Alerts_Channels_AreNamed(bool isLogged, string expected)
    {
        using var services = Channels(isLogged, "log", "pager");

        Assert.Equal(expected, Banner.Alerts(services));
    }

    [Fact]
    public void Alerts_NoChannel_SaysWhatIsMissing()
    {
        using var services = Channels(isLogged: false, "log");

        Assert.StartsWith("none: Alerts:Slack:WebhookUrl", Banner.Alerts(services), StringComparison.Ordinal);
    }

    private static SiloSettings Settings(string url) => SiloSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection([new("urls", url)]).Build());

    private static ServiceProvider Channels(bool isLogged, params string[] names)
    {
        var services = new ServiceCollection().Configure<AlertOptions>(options => options.Log = isLogged);
        foreach (var name in names)
        {
            services.AddSingleton<IAlertChannel>(new Named(name));
        }

        return services.BuildServiceProvider();
    }

    private sealed record Named(string Name) : IAlertChannel
    {
        public TimeSpan Pace => TimeSpan.Zero;

        public Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
