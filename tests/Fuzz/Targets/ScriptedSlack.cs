using System.Net;
using CacheOrleans.Alerts;
using CacheOrleans.Slack;
using CacheOrleans.Slack.Delivery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>The channel to Slack as a host has it, with a script in place of the network: a first response, and then
/// <c>ok</c>.</summary>
internal sealed class ScriptedSlack : HttpMessageHandler, ILoggerProvider, ILogger
{
    public const string Token = "S3cr3tS3cr3t";

    private static readonly AlertNotice Notice = new(
        Guid.Parse("0e3a7d52-5d0c-4c55-9f57-0d6c1f3b8a11"), AlertNoticeKind.Failing, AlertKey.Cache("country"),
        new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(12), null, new(12, TimeSpan.FromMinutes(10), 3));

    private readonly FakeTimeProvider _time = new(Notice.At);
    private readonly ServiceProvider _services;
    private readonly IAlertChannel _channel;
    private Func<CancellationToken, Task<HttpResponseMessage>>? _first;

    public ScriptedSlack()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create(
                $"{SlackOptions.SectionName}:WebhookUrl", (string?)$"https://hooks.slack.com/services/T0/B0/{Token}")])
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Staging" })
            .AddSlackAlerts(configuration)
            .AddSingleton<TimeProvider>(_time)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this));
        services.AddHttpClient(SlackClient.Name).ConfigurePrimaryHttpMessageHandler(() => this);
        _services = services.BuildServiceProvider();
        _channel = _services.GetRequiredService<IAlertChannel>();
    }

    /// <summary>Everything that was logged.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The waits before further attempts.</summary>
    public List<TimeSpan> Delays { get; } = [];

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Delivers a message.</summary>
    /// <returns>Null if it was delivered; otherwise the exception.</returns>
    public async Task<Exception?> DeliverAsync(Func<CancellationToken, Task<HttpResponseMessage>> first)
    {
        Lines.Clear();
        Delays.Clear();
        _first = first;
        var delivering = _channel.DeliverAsync(Notice, CancellationToken.None);
        while (!delivering.IsCompleted)
        {
            _time.Advance(RetryAfter.Longest + TimeSpan.FromSeconds(1));
            for (var i = 0; i < 1_000 && !delivering.IsCompleted; i++)
            {
                await Task.Yield();
            }
        }

        return delivering.Exception?.InnerException;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        Lines.Add($"{formatter(state, exception)} {exception}");
        if (eventId.Id == 6001 && state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            Delays.Add((TimeSpan)values.First(value => value.Key == "Delay").Value!);
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _first, null)?.Invoke(cancellationToken)
            ?? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("ok") });
}
