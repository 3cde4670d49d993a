using CacheOrleans.Breaker;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>A fake clock that counts the reports waiting for an answer, by the timers that limit the wait.</summary>
internal sealed class BreakerClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private int _reports;

    public int Reports => Volatile.Read(ref _reports);

    /// <summary>The error of the wall clock; measured durations are not affected.</summary>
    public TimeSpan WallClockError { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + WallClockError;

    /// <remarks>The base class derives it from the wall clock.</remarks>
    public override long GetTimestamp() => base.GetTimestamp() - WallClockError.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != SiloBreaker.AnswerTimeout)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Interlocked.Increment(ref _reports);
        return new Limit(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Limit(BreakerClock clock, ITimer timer) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                Interlocked.Decrement(ref clock._reports);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
