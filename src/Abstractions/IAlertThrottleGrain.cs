namespace CacheOrleans;

/// <summary>Decides for the whole cluster which failures are announced, and delivers the messages; its grain key is
/// <see cref="Key"/>.</summary>
/// <remarks>Every method throws <see cref="ArgumentException"/> if the grain has another key.</remarks>
[Alias("CacheOrleans.IAlertThrottleGrain")]
public interface IAlertThrottleGrain : IGrainWithStringKey
{
    /// <summary>The key of the only grain.</summary>
    const string Key = "cluster";

    /// <summary>Returns the keys in their cooldown, the latest decisions, and the state of their deliveries.</summary>
    [Alias("GetStatsAsync")]
    Task<AlertStatistics> GetStatsAsync();

    /// <summary>Sends a test message on every channel, and waits at most 15 seconds for its delivery.</summary>
    /// <remarks>The message is not throttled; it waits for its turn behind messages that are being delivered.</remarks>
    [Alias("TestAsync")]
    Task<AlertTest> TestAsync();
}
