using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Receives the events of a breaker that people are alerted of. No method waits or throws.</summary>
internal interface IBreakerAlerts
{
    /// <summary>Records that a breaker has opened because of failures.</summary>
    /// <param name="key">The breaker: the cluster's, or a silo's own.</param>
    /// <param name="what">What happened, in a sentence.</param>
    void OnOpened(AlertKey key, string what);

    /// <summary>Records that a breaker has closed because probes found that the store responds.</summary>
    /// <remarks>A breaker that has closed for another reason does not show that the store responds.</remarks>
    void OnStoreAnswers(AlertKey key);

    /// <summary>Records that somebody has changed the state of the cluster's breaker manually.</summary>
    void OnManualChange(BreakerTransition transition);
}
