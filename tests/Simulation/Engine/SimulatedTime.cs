namespace CacheOrleans.Simulation.Engine;

/// <summary>The clock and the timers of a simulated process.</summary>
internal sealed class SimulatedTime(Scheduler scheduler, Node node, TimeSpan skew) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    // A timestamp of zero means "never" in some places, as it practically does with the system's clock.
    public override long GetTimestamp() => TimeSpan.TicksPerDay + scheduler.Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + scheduler.Now + skew;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private int _version;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _version++;
            _period = period;
            Schedule(dueTime);
            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Schedule(TimeSpan delay)
        {
            if (delay != Timeout.InfiniteTimeSpan)
            {
                time.Schedule(delay, Ring, _version);
            }
        }

        private void Ring(object? version)
        {
            if ((int)version! != _version)
            {
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                Schedule(_period);
            }

            callback(state);
        }
    }

    private void Schedule(TimeSpan delay, Action<object?> ring, object version) =>
        scheduler.After(delay, node, ring, version);
}
