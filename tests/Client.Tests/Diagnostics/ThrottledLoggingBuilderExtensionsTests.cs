using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Client.Tests.Diagnostics;

public sealed class ThrottledLoggingBuilderExtensionsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogCollector _log = new();
    private readonly ServiceProvider _services;

    public ThrottledLoggingBuilderExtensionsTests() => _services = new ServiceCollection()
        .AddSingleton<TimeProvider>(_time)
        .AddLogging(logging => logging
            .AddProvider(new FakeLoggerProvider(_log))
            .AddFilter("Loud", LogLevel.Error)
            .ThrottleRepeats())
        .BuildServiceProvider();

    private string[] Texts => [.. _log.GetSnapshot().Select(record => record.Message)];

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Repetition_Continues_IsWrittenOnceAndThenCounted()
    {
        var logger = Logger("Orleans.Messaging");
        for (var message = 0; message < 1000; message++)
        {
            Fail(logger, message);
            _time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(
            [
                "Message 0 failed",
                "299 more like those before. The last one: Message 299 failed IOException: broken",
                "600 more like those before. The last one: Message 899 failed IOException: broken",
            ],
            Texts);
        Assert.All(
            _log.GetSnapshot(), record => Assert.Equal((7, LogLevel.Error), (record.Id.Id, record.Level)));
        Assert.IsType<IOException>(_log.GetSnapshot()[0].Exception);
    }

    [Fact]
    public void Repetition_HasEnded_IsReportedAfterTheInterval()
    {
        var logger = Logger("Orleans.Messaging");
        for (var message = 0; message < 5; message++)
        {
            Fail(logger, message);
        }

        _time.Advance(TimeSpan.FromSeconds(70));

        Assert.Equal("4 more like those before. The last one: Message 4 failed IOException: broken", Texts[^1]);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, Texts.Length);
        Fail(logger, 5);
        Assert.Equal("Message 5 failed", Texts[^1]);
    }

    [Fact]
    public void Repetition_OfSeveralKinds_IsCountedPerKind()
    {
        var logger = Logger("Orleans.Messaging");
        for (var message = 0; message < 10; message++)
        {
            Fail(logger, message);
            logger.LogError(7, new TimeoutException("late"), "Message {Message} failed", message);
            logger.LogWarning(8, "Silo {Silo} is slow", message);
            logger.LogInformation("Silo {Silo} is well", message);
            logger.LogCritical(8, "Silo {Silo} is fatal", message);
            Logger("Shop.Orders").LogError("Order {Order} is mine", message);
            Logger("Orleans.Networking").LogWarning(8, "Silo {Silo} is slow", message);
            Logger("CacheOrleans.Client").LogWarning(8, "Silo {Silo} is slow", message);
        }

        Assert.Equal(10, Texts.Count(text => text.EndsWith("is fatal", StringComparison.Ordinal)));
        Assert.Equal(10, Texts.Count(text => text.EndsWith("is mine", StringComparison.Ordinal)));
        Assert.Equal(1 + 1, Texts.Count(text => text.EndsWith("failed", StringComparison.Ordinal)));
        Assert.Equal(1 + 1 + 10, Texts.Count(text => text.EndsWith("is slow", StringComparison.Ordinal)));
        Assert.Equal(10, Texts.Count(text => text.EndsWith("is well", StringComparison.Ordinal)));
    }

    /// <summary>Such a message was formatted before it was logged, and has no template.</summary>
    [Fact]
    public void Messages_OfTooManyKinds_CountAsOneKind()
    {
        var logger = Logger("Orleans.Messaging");
        for (var message = 0; message < 1000; message++)
        {
            logger.Log(LogLevel.Warning, default, TestText(message), null, static (text, _) => text);
            logger.Log(LogLevel.Warning, new EventId(message), TestText(message), null, static (text, _) => text);
        }

        Assert.InRange(Texts.Length, 1, 201);
        static string TestText(int message) => $"Order {message} failed";
    }

    [Fact]
    public void Dispose_CountedRepetition_IsWritten()
    {
        var logger = Logger("Npgsql.Command");
        Fail(logger, 1);
        Fail(logger, 2);
        _services.Dispose();

        Assert.Equal(
            ["Message 1 failed", "1 more like those before. The last one: Message 2 failed IOException: broken"],
            Texts);
    }

    [Fact]
    public void Filters_OfTheHost_StillApply()
    {
        Logger("Loud.Thing").LogWarning("hidden");
        Logger("Loud.Thing").LogError("shown");

        Assert.Equal(["shown"], Texts);
    }

    private static void Fail(ILogger logger, int message) =>
        logger.LogError(7, new IOException("broken"), "Message {Message} failed", message);

    private ILogger Logger(string category) => _services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
}
