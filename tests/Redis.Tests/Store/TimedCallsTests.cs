using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging.Testing;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Tests.Store;

public sealed class TimedCallsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    private readonly StoppedClock _time = new();
    private readonly FakeLogger<TimedCalls> _logger = new();
    private readonly TimedCalls _calls;

    public TimedCallsTests() => _calls = new(_time, _logger);

    public static TheoryData<Exception> Timeouts =>
    [
        TimedCalls.LimitPassed(Limit),
        new RedisTimeoutException(CommandFlags.None, "Timeout awaiting response", CommandStatus.WaitingToBeSent),
        new AggregateException(new RedisTimeoutException(CommandFlags.None, "Timeout", CommandStatus.Sent)),
    ];

    [Theory, MemberData(nameof(Timeouts))]
    public void Classify_LateTimeout_IsStarved(Exception timeout)
    {
        var failure = AfterPause(timeout);

        Assert.Equal(StoreFailureKind.Starved, failure.Kind);
        Assert.True(failure is { IsInconclusive: true, CountsAgainstHealth: false, IsTransient: true });
        Assert.Same(timeout, failure.Exception);
        Assert.Equal([2003], _logger.Events());
    }

    [Theory, MemberData(nameof(Timeouts))]
    public void Classify_TimeoutInTime_IsATimeoutOfRedis(Exception timeout)
    {
        var begun = _calls.Now;
        for (var i = 0; i < 5; i++)
        {
            _time.Pass(ProcessPauses.Period);
        }

        Assert.Equal(StoreFailureKind.Timeout, _calls.Classify(timeout, begun, Limit).Kind);
        Assert.Empty(_logger.Events());
    }

    [Fact]
    public void Classify_OtherLateFailures_KeepTheirKind()
    {
        var gone = new RedisConnectionException(ConnectionFailureType.SocketClosed, CommandFlags.None, "gone");
        var full = new RedisServerException(RedisErrorKind.OutOfMemory, CommandFlags.None, "OOM command");

        Assert.Equal(StoreFailureKind.Connection, AfterPause(gone).Kind);
        Assert.Equal(StoreFailureKind.OutOfMemory, AfterPause(full).Kind);
        Assert.Empty(_logger.Events());
    }

    [Fact]
    public void Classify_ManyStarvedCalls_LogsOnceEachInterval()
    {
        for (var i = 0; i < 20; i++)
        {
            AfterPause(TimedCalls.LimitPassed(Limit));
        }

        Assert.Equal([2003], _logger.Events());
        _time.Pass(TimeSpan.FromMinutes(1));
        AfterPause(TimedCalls.LimitPassed(Limit));
        Assert.Equal([2003, 2003], _logger.Events());
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>Classifies an error of a call that was running while the process was paused.</summary>
    private StoreFailure AfterPause(Exception exception)
    {
        var begun = _calls.Now;
        _time.Pass(Late);
        return _calls.Classify(exception, begun, Limit);
    }

    /// <summary>A clock that jumps to a later time and then fires its timers once, as after a pause.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private readonly List<TimerCallback> _timers = [];
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add(callback);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Pass(TimeSpan time)
        {
            _now += time.Ticks;
            _timers.ForEach(timer => timer(null));
        }
    }
}
