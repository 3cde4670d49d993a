namespace CacheOrleans.Diagnostics;

/// <summary>Decides how often something that repeats is told: at once, and from then on as a count, at intervals that
/// double from a minute to an hour.</summary>
/// <remarks>What has not happened for an interval is told at once again. Thread-safe.</remarks>
/// <param name="time">The clock.</param>
public sealed class Repetition(TimeProvider time)
{
    /// <summary>The first interval: one minute.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The longest interval: one hour.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private TimeSpan _interval;
    private long _toldAt;
    private long _seenAt;
    private long _count;

    /// <summary>It has happened once more.</summary>
    /// <returns>How often it has happened since it was told last, this time included, if it is to be told now; else
    /// zero.</returns>
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

            (_interval, _toldAt) = (Shortest, now);
            return Tell();
        }
    }

    /// <summary>Asks without an occasion, so that what happened last is told too.</summary>
    /// <returns>How often it has happened since it was told last, if that is to be told now; else zero.</returns>
    public long Due()
    {
        lock (_lock)
        {
            return DueAt(time.GetTimestamp());
        }
    }

    /// <summary>It is the end, and what was not told is told.</summary>
    /// <returns>How often it has happened since it was told last.</returns>
    public long Rest()
    {
        lock (_lock)
        {
            return Tell();
        }
    }

    /// <summary>Whether everything was told, and the next time would be told at once.</summary>
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
        if (_count == 0 || time.GetElapsedTime(_toldAt, now) < _interval)
        {
            return 0;
        }

        _interval = _interval < Longest / 2 ? _interval * 2 : Longest;
        _toldAt = now;
        return Tell();
    }

    private long Tell()
    {
        var count = _count;
        _count = 0;
        return count;
    }
}
