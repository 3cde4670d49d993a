using System.Diagnostics;

namespace CacheOrleans.Chaos.Histories;

/// <summary>Times of the machine's counter.</summary>
internal static class Limits
{
    /// <summary>How long after a fault a call may still fail because of it: the longest time limit of a call.</summary>
    public static readonly long Aftermath = 12 * Stopwatch.Frequency;

    /// <summary>A call that takes longer than this is not as before.</summary>
    public static readonly long Slow = Stopwatch.Frequency;

    public static TimeSpan Elapsed(long from, long to) => Stopwatch.GetElapsedTime(from, Math.Max(from, to));
}
