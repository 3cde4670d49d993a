namespace CacheOrleans.Diagnostics;

/// <summary>Rounds waits to what timers can count.</summary>
internal static class TimerLength
{
    /// <summary>Rounds a time up to whole milliseconds, which timers count. Rounded down, a wait would end too early,
    /// and a fraction of a millisecond would be no wait at all, several times in a row. What is too long for a timer
    /// becomes a wait without end.</summary>
    public static TimeSpan RoundUp(TimeSpan time) => time.TotalMilliseconds > int.MaxValue
        ? Timeout.InfiniteTimeSpan
        : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
}
