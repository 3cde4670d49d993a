using CacheOrleans.Alerts;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Slack.Tests;

/// <summary>The channel as a host configures it, with a server that simulates Slack.</summary>
internal sealed class TestSlack : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestSlack(SlackServer server, TimeProvider time, IEnumerable<(string Key, string Value)> settings)
    {
        Server = server;
        _services = Services([("WebhookUrl", server.Url), ("RetryDelay", "00:00:00.010"), .. settings])
            .AddSingleton(time)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(Logs)))
            .BuildServiceProvider();
        Channel = _services.GetRequiredService<IAlertChannel>();
    }

    public SlackServer Server { get; }

    public IAlertChannel Channel { get; }

    public FakeLogCollector Logs { get; } = new();

    public static async Task<TestSlack> LaunchAsync(
        TimeProvider? time = null, params (string Key, string Value)[] settings) =>
        new(await SlackServer.LaunchAsync(), time ?? TimeProvider.System, settings);

    public static IServiceCollection Services(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings
                .GroupBy(setting => setting.Key, setting => setting.Value)
                .Select(setting => KeyValuePair.Create($"{SlackOptions.SectionName}:{setting.Key}", setting.Last())))
            .Build();
        return new ServiceCollection()
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Staging" })
            .AddSlackAlerts(configuration);
    }

    /// <summary>Begins to deliver a message, without a deadline yet.</summary>
    public TestDelivery Begin() => new(Channel);

    /// <summary>Delivers a message, with enough time for it.</summary>
    public async Task DeliverAsync(AlertNotice? notice = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await Channel.DeliverAsync(notice ?? Notices.Failing(), deadline.Token);
    }

    /// <summary>Delivers a message that is rejected, and returns the exception.</summary>
    public async Task<AlertDeliveryException> RefusedAsync() =>
        await Assert.ThrowsAsync<AlertDeliveryException>(() => DeliverAsync());

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
