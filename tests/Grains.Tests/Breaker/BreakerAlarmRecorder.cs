using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;

namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>Records the alerts of the breaker.</summary>
internal sealed class BreakerAlarmRecorder : IBreakerAlerts
{
    public List<(AlertKey Key, string? What)> Reports { get; } = [];

    public void OnOpened(AlertKey key, string what) => Reports.Add((key, what));

    public void OnStoreAnswers(AlertKey key) => Reports.Add((key, null));

    public void OnManualChange(BreakerTransition transition) => Reports.Add(
        (AlertKey.BreakerChange, $"{transition.From} to {transition.To} by {transition.By ?? "nobody"}"));
}
