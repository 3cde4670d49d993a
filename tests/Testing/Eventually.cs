using System.Diagnostics;

namespace CacheOrleans.Testing;

/// <summary>Waits for a condition with a generous limit, in place of sleeping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, limit);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var start = Stopwatch.GetTimestamp();
        var pause = FirstPause;
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > (limit ?? Limit))
            {
                throw new TimeoutException($"Waited {limit ?? Limit} in vain until {what}.");
            }

            await Task.Delay(pause, TimeProvider.System);
            pause = pause * 1.1 is var longer && longer < LongestPause ? longer : LongestPause;
        }
    }
}
