namespace CacheOrleans;

/// <summary>Decides for the whole cluster which failures people are told of, and delivers the messages; its grain
/// key is <see cref="Key"/>.</summary>
/// <remarks>Every method throws <see cref="ArgumentException"/> under another key.</remarks>
[Alias("CacheOrleans.IAlertThrottleGrain")]
public interface IAlertThrottleGrain : IGrainWithStringKey
{
    /// <summary>The key of the one there is.</summary>
    const string Key = "cluster";

    /// <summary>Tells what is held, what was decided, and what became of it.</summary>
    [Alias("GetStatsAsync")]
    Task<AlertStatistics> GetStatsAsync();

    /// <summary>Sends a message on every channel, and waits 15 seconds at most for what becomes of it.</summary>
    /// <remarks>It is not throttled; it waits its turn behind messages that are being delivered.</remarks>
    [Alias("TestAsync")]
    Task<AlertTest> TestAsync();
}
