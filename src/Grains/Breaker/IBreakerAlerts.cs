using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Takes note of what happens to a breaker and people want to know. Nothing waits, and nothing is thrown.
/// </summary>
internal interface IBreakerAlerts
{
    /// <summary>A breaker opened because of failures.</summary>
    /// <param name="key">Which: the cluster's, or a silo's own.</param>
    /// <param name="what">What happened, in a sentence.</param>
    void OnOpened(AlertKey key, string what);

    /// <summary>A breaker closed because probes found that the store answers.</summary>
    /// <remarks>That a breaker has closed for another reason does not show that the store answers.</remarks>
    void OnStoreAnswers(AlertKey key);

    /// <summary>Somebody changed the state of the cluster's breaker manually.</summary>
    void OnManualChange(BreakerTransition transition);
}
