using System.Diagnostics;

namespace CacheOrleans.Testing;

/// <summary>Waits for a condition with a generous limit, instead of sleeping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The pause between two checks; longer where a check slows the observed processes.</summary>
    public static TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(10);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, limit);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > (limit ?? Limit))
            {
                throw new TimeoutException($"Waited {limit ?? Limit} in vain until {what}.");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
