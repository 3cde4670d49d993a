namespace CacheOrleans.Breaker;

/// <summary>Sums of times that never overflow.</summary>
internal static class Moment
{
    /// <summary>A moment later, or the last there is.</summary>
    public static TimeSpan Plus(this TimeSpan moment, TimeSpan span) =>
        span > TimeSpan.MaxValue - moment ? TimeSpan.MaxValue : moment + span;

    /// <summary>How long until a moment; never negative.</summary>
    public static TimeSpan Until(this TimeSpan now, TimeSpan moment) =>
        moment > now ? moment - now : TimeSpan.Zero;
}
