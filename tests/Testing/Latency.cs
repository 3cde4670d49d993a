namespace CacheOrleans.Testing;

/// <summary>Makes something late on purpose; nothing is concluded from how long it takes.</summary>
public static class Latency
{
    public static Task OfAsync(int milliseconds) =>
        Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
}
