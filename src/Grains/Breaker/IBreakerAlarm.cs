using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Told when the store is skipped, and when it is used again.</summary>
internal interface IBreakerAlarm
{
    /// <summary>A breaker opened; nothing waits, and nothing is thrown.</summary>
    /// <param name="key">Which: the cluster's, or a silo's own.</param>
    /// <param name="what">What happened, in a sentence.</param>
    void OnOpened(AlertKey key, string what);

    /// <summary>A breaker closed.</summary>
    void OnClosed(AlertKey key);
}
