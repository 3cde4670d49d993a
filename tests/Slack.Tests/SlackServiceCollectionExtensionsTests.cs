using CacheOrleans.Alerts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack.Tests;

public sealed class SlackServiceCollectionExtensionsTests
{
    private const string Url = "https://hooks.slack.example/services/T000/B000/aSecretKey";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task AddSlackAlerts_WithoutAnAddress_AddsNoChannel(string? url)
    {
        await using var provider = TestSlack.Services(("WebhookUrl", url)).BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        Assert.Empty(provider.GetServices<IAlertChannel>());
        Assert.Empty(provider.GetServices<AlertSecret>());
    }

    [Fact]
    public async Task AddSlackAlerts_WithAnAddress_AddsOneChannelAndTheSecrets()
    {
        var services = TestSlack.Services(("WebhookUrl", $" {Url}\n"));
        await using var provider = services.AddSlackAlerts(new ConfigurationBuilder().Build()).BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();

        var channel = Assert.Single(provider.GetServices<IAlertChannel>());
        Assert.Equal(("slack", TimeSpan.FromSeconds(1)), (channel.Name, channel.Pace));
        Assert.Equal(
            [Url, "/services/T000/B000/aSecretKey", "aSecretKey"],
            provider.GetServices<AlertSecret>().Select(secret => secret.Value));
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/x")]
    [InlineData("http://127.0.0.1:5000/services/T0/B0/x")]
    [InlineData("http://localhost/hook")]
    [InlineData("http://[::1]:80/hook")]
    public async Task WebhookUrl_HttpsOrLoopback_IsAccepted(string url)
    {
        await using var provider = TestSlack.Services(("WebhookUrl", url)).BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        Assert.Single(provider.GetServices<IAlertChannel>());
    }

    [Theory]
    [InlineData("http://hooks.slack.com/services/T0/B0/aSecretKey")]
    [InlineData("hooks.slack.com/services/T0/B0/aSecretKey")]
    [InlineData("/services/T0/B0/aSecretKey")]
    [InlineData("htps://hooks.slack.com/aSecretKey")]
    [InlineData("file:///aSecretKey")]
    [InlineData("https://")]
    [InlineData("aSecretKey")]
    public async Task WebhookUrl_OfAnotherKind_IsRejectedWithoutBeingShown(string url)
    {
        await using var provider = TestSlack.Services(("WebhookUrl", url)).BuildServiceProvider();
        var exception = Assert.Throws<OptionsValidationException>(() =>
            provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("Alerts:Slack:WebhookUrl", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("aSecretKey", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AttemptTimeout", "00:00:00.999")]
    [InlineData("AttemptTimeout", "00:01:01")]
    [InlineData("RetryDelay", "00:00:00")]
    [InlineData("RetryDelay", "00:01:01")]
    public async Task Options_OutOfBounds_AreRejectedByName(string key, string value)
    {
        await using var provider = TestSlack.Services((key, value)).BuildServiceProvider();
        var exception = Assert.Throws<OptionsValidationException>(() =>
            provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_AsText_ShowNoAddress() =>
        Assert.DoesNotContain("aSecretKey", $"{new SlackOptions { WebhookUrl = Url }}", StringComparison.Ordinal);
}
