namespace CacheOrleans.Grains.Coordination;

/// <summary>Guards the state of a replica, and wakes its reporter when a report is due.</summary>
/// <remarks>Thread-safe. The functions are called while the lock is held.</remarks>
/// <param name="time">The clock.</param>
/// <param name="nextReport">Returns when the next report is due, <see cref="TimeSpan.MaxValue"/> for never.</param>
/// <param name="onChanged">Publishes the state after each change.</param>
/// <param name="onChanging">Called with the current time before each change.</param>
internal sealed class ReplicaLock(
    TimeProvider time, Func<TimeSpan> nextReport, Action onChanged, Action<TimeSpan>? onChanging = null) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly WakeTimer _wakeTimer = new(time);
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _wakesAt = TimeSpan.MinValue;

    /// <summary>The time since the lock was created; the state knows no other clock.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Waits until a report is due.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (UntilReport() is var wait && wait > TimeSpan.Zero)
        {
            await _wakeTimer.SleepAsync(wait == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : wait, cancellationToken);
        }
    }

    /// <summary>Returns the time until a report is due, <see cref="TimeSpan.MaxValue"/> if none is; if one becomes due
    /// earlier, the wake timer rings.</summary>
    public TimeSpan UntilReport()
    {
        lock (_lock)
        {
            _wakesAt = nextReport();
            return _wakesAt == TimeSpan.MaxValue ? _wakesAt : _wakesAt - Now;
        }
    }

    /// <summary>Changes the state.</summary>
    public void Change(Action<TimeSpan> change) => Change(now =>
    {
        change(now);
        return true;
    });

    /// <inheritdoc cref="Change(Action{TimeSpan})"/>
    public T Change<T>(Func<TimeSpan, T> change)
    {
        lock (_lock)
        {
            var now = Now;
            onChanging?.Invoke(now);
            var result = change(now);
            onChanged();
            if (nextReport() is var next && next < _wakesAt)
            {
                _wakesAt = next;
                _wakeTimer.Ring();
            }

            return result;
        }
    }

    public void Dispose() => _wakeTimer.Dispose();
}
