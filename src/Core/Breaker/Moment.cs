namespace CacheOrleans.Breaker;

/// <summary>Adds and subtracts times without overflow.</summary>
internal static class Moment
{
    /// <summary>Returns the later moment, or the latest that a <see cref="TimeSpan"/> can represent.</summary>
    public static TimeSpan Plus(this TimeSpan moment, TimeSpan span) =>
        span > TimeSpan.MaxValue - moment ? TimeSpan.MaxValue : moment + span;

    /// <summary>Returns how long it is until a moment; never negative.</summary>
    public static TimeSpan Until(this TimeSpan now, TimeSpan moment) =>
        moment > now ? moment - now : TimeSpan.Zero;
}
