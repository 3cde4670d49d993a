using System.Diagnostics.Metrics;
using CacheOrleans.Alerts;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Tests.Breaker;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Grains.Tests.Alerts;

public sealed class AlertDispatcherTests : IAsyncDisposable
{
    private const string Secret = "hunter2-hunter2";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeLogCollector _log = new();
    private readonly ServiceProvider _services;
    private AlertDispatcher? _dispatcher;

    public AlertDispatcherTests() => _services = new ServiceCollection()
        .AddMetrics()
        .AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(_log)))
        .AddSingleton(new Redactor([], [new AlertSecret(Secret)]))
        .AddSingleton<AlertMetrics>()
        .AddSingleton<AlertDiagnostics>()
        .BuildServiceProvider();

    public async ValueTask DisposeAsync()
    {
        await (_dispatcher?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
        _dispatcher?.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Send_ManyMessages_DeliversInOrderAtThePace()
    {
        var channel = new FakeChannel(_time) { Pace = TimeSpan.FromSeconds(1) };
        var dispatcher = await StartAsync(channel);

        AlertDispatch[] sent = [.. Enumerable.Range(0, 5).Select(_ => dispatcher.Send(Notice()))];
        await UntilAsync(() => sent[^1].Completion.IsCompleted, TimeSpan.FromMilliseconds(50));

        Assert.Equal(sent.Select(one => one.Notice.Id), channel.Begun.Select(one => one.Id));
        Assert.All(
            channel.Begun.Zip(channel.Begun.Skip(1)),
            pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(1), $"{pair}"));
    }

    [Fact]
    public async Task Send_AfterAPause_DeliversAtOnce()
    {
        var channel = new FakeChannel(_time) { Pace = TimeSpan.FromSeconds(1) };
        var dispatcher = await StartAsync(channel);
        await dispatcher.Send(Notice()).Completion;
        _time.Advance(TimeSpan.FromSeconds(1));

        await dispatcher.Send(Notice()).Completion;

        Assert.Equal(_time.GetUtcNow(), channel.Begun[1].At);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Channel_Hangs_MessageIsAbandonedAtItsDeadlineAndTheNextDelivered(bool heedsToken)
    {
        var hangs = new FakeChannel(_time)
        {
            Answer = (_, token) => FakeChannel.HangAsync(heedsToken ? token : CancellationToken.None),
        };
        var dispatcher = await StartAsync(hangs);
        var first = dispatcher.Send(Notice());
        await Eventually.TrueAsync(() => hangs.Begun.Count == 1, "the channel has the message");
        _time.Advance(Deadline - TimeSpan.FromSeconds(1));
        hangs.Answer = (_, _) => Task.CompletedTask;
        var second = dispatcher.Send(Notice());
        Assert.False(first.Completion.IsCompleted);
        Assert.Equal(AlertDeliveryState.Pending, Assert.Single(first.Deliveries).State);

        await UntilAsync(() => second.Completion.IsCompleted, TimeSpan.FromMilliseconds(100));

        var delivery = Assert.Single(first.Deliveries);
        Assert.Equal(AlertDeliveryState.GivenUp, delivery.State);
        Assert.Contains("00:10:00", delivery.Error, StringComparison.Ordinal);
        Assert.Equal(AlertDeliveryState.Delivered, Assert.Single(second.Deliveries).State);
        Assert.Single(_log.Of(1021));
    }

    [Fact]
    public async Task Deadline_MessageWaitsForItsTurn_CountsFromSending()
    {
        var hangs = new FakeChannel(_time) { Answer = (_, token) => FakeChannel.HangAsync(token) };
        var dispatcher = await StartAsync(hangs);
        AlertDispatch[] sent = [.. Enumerable.Range(0, 3).Select(_ => dispatcher.Send(Notice()))];
        await Eventually.TrueAsync(() => hangs.Begun.Count == 1, "the channel has the first message");

        _time.Advance(Deadline);
        await Task.WhenAll(sent.Select(one => one.Completion));

        Assert.Single(hangs.Begun);
        Assert.All(sent, one => Assert.Equal(AlertDeliveryState.GivenUp, Assert.Single(one.Deliveries).State));
    }

    [Fact]
    public async Task Deadline_ChannelGivesAReason_KeepsTheReason()
    {
        var (cancelled, says) = (new TaskCompletionSource(), new TaskCompletionSource());
        var channel = new FakeChannel(_time)
        {
            Answer = async (_, token) =>
            {
                await FakeChannel.HangAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancelled.SetResult();
                await says.Task;
                throw new AlertDeliveryException("The last answer was 503.");
            },
        };
        var dispatcher = await StartAsync(channel);
        var sent = dispatcher.Send(Notice());
        await Eventually.TrueAsync(() => channel.Begun.Count == 1, "the channel has the message");

        _time.Advance(Deadline);
        await cancelled.Task;
        _time.Advance(TimeSpan.FromMilliseconds(500));
        says.SetResult();
        await sent.Completion;

        Assert.Equal("The last answer was 503.", Assert.Single(sent.Deliveries).Error);
    }

    [Fact]
    [Trait("Row", "A7")]
    public async Task Channel_ThrowsOrBlocks_OtherChannelsDeliver()
    {
        using var blocker = new ManualResetEventSlim();
        var sound = new FakeChannel(_time, "sound");
        var throws = new FakeChannel(_time, "throws") { Answer = (_, _) => throw new NotSupportedException("no") };
        var blocks = new FakeChannel(_time, "blocks")
        {
            Answer = (_, _) =>
            {
                blocker.Wait(CancellationToken.None);
                return Task.CompletedTask;
            },
        };
        var dispatcher = await StartAsync(blocks, throws, sound);

        AlertDispatch[] sent = [.. Enumerable.Range(0, 3).Select(_ => dispatcher.Send(Notice()))];
        await Eventually.TrueAsync(
            () => sound.Begun.Count == 3 && throws.Begun.Count == 3, "the other channels have all messages");
        Assert.Single(blocks.Begun);
        blocker.Set();
        await Task.WhenAll(sent.Select(one => one.Completion));

        Assert.All(sent, one => Assert.Equal(
            [AlertDeliveryState.Delivered, AlertDeliveryState.GivenUp, AlertDeliveryState.Delivered],
            one.Deliveries.Select(delivery => delivery.State)));
    }

    [Theory]
    [InlineData(typeof(AlertDeliveryException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task Channel_Fails_LogsOneLineWithTheReasonAndNoSecrets(Type type)
    {
        var error = (Exception)Activator.CreateInstance(type, $"no, {Secret}")!;
        var channel = new FakeChannel(_time) { Answer = (_, _) => Task.FromException(error) };
        var dispatcher = await StartAsync(channel);
        using var measured = new BreakerMeasurements(_services, "cacheorleans.alerts.");

        var sent = dispatcher.Send(Notice());
        await sent.Completion;

        var reason = Assert.Single(sent.Deliveries).Error!;
        Assert.Contains("no, ", reason, StringComparison.Ordinal);
        var isUnforeseen = reason.StartsWith(type.FullName!, StringComparison.Ordinal);
        Assert.Equal(type != typeof(AlertDeliveryException), isUnforeseen);
        var line = Assert.Single(_log.Of(1021));
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains(reason, line.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, line.Message + reason, StringComparison.Ordinal);
        Assert.Equal(1, measured.Read("deliveries", "channel=fake", "result=givenUp"));
    }

    [Theory]
    [InlineData("heeds its token")]
    [InlineData("does not")]
    [InlineData("blocks")]
    public async Task Stop_DeliveryUnderWay_EndsAndTheRestIsNotDelivered(string channel)
    {
        using var blocker = new ManualResetEventSlim();
        CancellationToken seen = default;
        var hangs = new FakeChannel(_time)
        {
            Answer = (_, token) =>
            {
                seen = token;
                if (channel == "blocks")
                {
                    blocker.Wait(CancellationToken.None);
                }

                return FakeChannel.HangAsync(channel == "heeds its token" ? token : CancellationToken.None);
            },
        };
        var dispatcher = await StartAsync(hangs);
        AlertDispatch[] sent = [dispatcher.Send(Notice()), dispatcher.Send(Notice())];
        await Eventually.TrueAsync(() => seen.CanBeCanceled, "the channel has the first message and its token");

        await dispatcher.StopAsync(CancellationToken.None);

        blocker.Set();
        Assert.True(seen.IsCancellationRequested);
        Assert.All([.. sent, dispatcher.Send(Notice())], one =>
        {
            Assert.True(one.Completion.IsCanceled);
            Assert.Equal(AlertDeliveryState.Pending, Assert.Single(one.Deliveries).State);
        });
        Assert.Single(hangs.Begun);
        Assert.Empty(_log.Of(1021));
    }

    [Fact]
    public async Task UndeliveredMessages_AreMeasuredPerChannel()
    {
        var hold = new TaskCompletionSource();
        var slow = new FakeChannel(_time, "slow") { Answer = (_, token) => hold.Task.WaitAsync(token) };
        var dispatcher = await StartAsync(slow, new FakeChannel(_time, "quick"));
        using var measured = new BreakerMeasurements(_services, "cacheorleans.alerts.");
        AlertDispatch[] sent = [dispatcher.Send(Notice()), dispatcher.Send(Notice())];
        await Eventually.TrueAsync(
            () => measured.Read("undelivered", "channel=quick") == 0, "one channel has delivered both");
        Assert.Equal(2, measured.Read("undelivered", "channel=slow"));

        hold.SetResult();
        await Task.WhenAll(sent.Select(one => one.Completion));

        Assert.Equal(0, measured.Read("undelivered", "channel=slow"));
        Assert.Equal(2, measured.Read("deliveries", "channel=slow", "result=delivered"));
    }

    /// <summary>A meter listener is foreign code that runs inside the measured call.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MetricsListener_Throws_EveryMessageIsDeliveredOrAbandoned(bool delivers)
    {
        var channel = new FakeChannel(_time)
        {
            Answer = (_, _) => delivers ? Task.CompletedTask : Task.FromException(new IOException("gone")),
        };
        var dispatcher = await StartAsync(channel);
        using var listener = ThrowingListener();

        AlertDispatch[] sent = [dispatcher.Send(Notice()), dispatcher.Send(Notice())];
        await Eventually.TrueAsync(() => sent.All(one => one.Completion.IsCompleted), "both deliveries have ended");

        Assert.All(sent, one => Assert.Equal(
            delivers ? AlertDeliveryState.Delivered : AlertDeliveryState.GivenUp,
            Assert.Single(one.Deliveries).State));
        Assert.Equal(delivers ? 0 : 2, _log.Of(1021).Count);
    }

    [Fact]
    public async Task Channel_ThrowsAnExceptionWithoutText_NextMessageIsDelivered()
    {
        var channel = new FakeChannel(_time) { Answer = (_, _) => Task.FromException(new SpeechlessException()) };
        var dispatcher = await StartAsync(channel);
        var first = dispatcher.Send(Notice());
        await Eventually.TrueAsync(() => first.Completion.IsCompleted, "the delivery has ended");
        channel.Answer = (_, _) => Task.CompletedTask;
        var second = dispatcher.Send(Notice());
        await Eventually.TrueAsync(() => second.Completion.IsCompleted, "the delivery has ended");

        Assert.Equal(typeof(SpeechlessException).FullName, Assert.Single(first.Deliveries).Error);
        Assert.Equal(AlertDeliveryState.Delivered, Assert.Single(second.Deliveries).State);
    }

    [Fact]
    public async Task Send_NoChannels_CompletesAtOnce()
    {
        var dispatcher = await StartAsync();

        var sent = dispatcher.Send(Notice());

        Assert.True(sent.Completion.IsCompletedSuccessfully);
        Assert.Empty(sent.Deliveries);
    }

    private static AlertNotice Notice() => new(
        Guid.NewGuid(), AlertNoticeKind.Failing, AlertKey.Cache("user"), default, TimeSpan.Zero, null, null);

    private MeterListener ThrowingListener()
    {
        var listener = _services.GetRequiredService<IMeterFactory>().Listener();
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("no"));
        listener.Start();
        return listener;
    }

    private async Task<AlertDispatcher> StartAsync(params IAlertChannel[] channels)
    {
        var options = Options.Create(new AlertOptions { DeliveryDeadline = Deadline });
        _dispatcher = new AlertDispatcher(
            channels,
            options,
            _services.GetRequiredService<Redactor>(),
            _time,
            _services.GetRequiredService<AlertDiagnostics>());
        await _dispatcher.StartAsync(CancellationToken.None);
        return _dispatcher;
    }

    private Task UntilAsync(Func<bool> condition, TimeSpan step) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(step);
            return condition();
        },
        "the condition holds");

    private sealed class SpeechlessException : Exception
    {
        public override string Message => throw new InvalidOperationException("no");
    }
}
