namespace CacheOrleans.Breaker;

/// <summary>How long a break lasts.</summary>
internal static class BreakLength
{
    /// <summary>The first break, multiplied with each attempt, varied at random, and cut at the longest.</summary>
    public static TimeSpan Of(BreakerOptions settings, int attempt, Random random)
    {
        var grown = settings.Break.Ticks * Math.Pow(settings.Growth, attempt);
        var jitter = settings.Jitter * ((random.NextDouble() * 2) - 1);
        var varied = Math.Min(grown, settings.MaxBreak.Ticks) * (1 + jitter);
        return varied < settings.MaxBreak.Ticks ? TimeSpan.FromTicks((long)varied) : settings.MaxBreak;
    }
}
