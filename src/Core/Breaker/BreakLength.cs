namespace CacheOrleans.Breaker;

/// <summary>Decides how long a break lasts.</summary>
internal static class BreakLength
{
    /// <summary>Returns the length of the first break, multiplied once per attempt, varied at random, and capped at
    /// the longest break.</summary>
    public static TimeSpan Of(BreakerOptions settings, int attempt, Random random)
    {
        var grown = settings.BreakDuration.Ticks * Math.Pow(settings.BackoffMultiplier, attempt);
        var jitter = settings.Jitter * ((random.NextDouble() * 2) - 1);
        var varied = Math.Min(grown, settings.MaxBreakDuration.Ticks) * (1 + jitter);
        return varied < settings.MaxBreakDuration.Ticks ? TimeSpan.FromTicks((long)varied) : settings.MaxBreakDuration;
    }
}
