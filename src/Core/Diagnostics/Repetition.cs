namespace CacheOrleans.Diagnostics;

/// <summary>Decides when to report an event that repeats: the first time at once, and later as a count, at intervals
/// that double from a minute to an hour.</summary>
/// <remarks>An event that has not happened for a whole interval is reported at once again. Thread-safe.</remarks>
/// <param name="time">The clock.</param>
public sealed class Repetition(TimeProvider time)
{
    /// <summary>The first interval: one minute.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The longest interval: one hour.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private TimeSpan _interval;
    private long _reportedAt;
    private long _seenAt;
    private long _count;

    /// <summary>Counts one more occurrence.</summary>
    /// <returns>How often the event has happened since the last report, including this time, if it must be reported
    /// now; otherwise zero.</returns>
    public long Count()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var isNew = _interval == TimeSpan.Zero || time.GetElapsedTime(_seenAt, now) >= _interval;
            _seenAt = now;
            _count++;
            if (!isNew)
            {
                return DueAt(now);
            }

            (_interval, _reportedAt) = (Shortest, now);
            return TakeCount();
        }
    }

    /// <summary>Returns the count that must be reported now, without a new occurrence. A timer calls this so that the
    /// last occurrences are reported too.</summary>
    /// <returns>How often the event has happened since the last report, if it must be reported now; otherwise zero.
    /// </returns>
    public long Due()
    {
        lock (_lock)
        {
            return DueAt(time.GetTimestamp());
        }
    }

    /// <summary>Returns the count that was not reported yet, for the last report before the end.</summary>
    /// <returns>How often the event has happened since the last report.</returns>
    public long Rest()
    {
        lock (_lock)
        {
            return TakeCount();
        }
    }

    /// <summary>Whether every occurrence was reported, and the next one would be reported at once.</summary>
    public bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return _count == 0 && time.GetElapsedTime(_seenAt) >= _interval;
            }
        }
    }

    private long DueAt(long now)
    {
        if (_count == 0 || time.GetElapsedTime(_reportedAt, now) < _interval)
        {
            return 0;
        }

        _interval = _interval < Longest / 2 ? _interval * 2 : Longest;
        _reportedAt = now;
        return TakeCount();
    }

    private long TakeCount()
    {
        var count = _count;
        _count = 0;
        return count;
    }
}
