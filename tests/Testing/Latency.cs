namespace CacheOrleans.Testing;

/// <summary>Delays something on purpose; no test draws conclusions from the exact duration.</summary>
public static class Latency
{
    public static Task OfAsync(int milliseconds) =>
        Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
}
