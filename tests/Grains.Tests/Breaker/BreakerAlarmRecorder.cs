using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;

namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>Remembers what it is told.</summary>
internal sealed class BreakerAlarmRecorder : IBreakerAlerts
{
    public List<(AlertKey Key, string? What)> Told { get; } = [];

    public void OnOpened(AlertKey key, string what) => Told.Add((key, what));

    public void OnStoreAnswers(AlertKey key) => Told.Add((key, null));

    public void OnManualChange(BreakerTransition transition) => Told.Add(
        (AlertKey.BreakerChange, $"{transition.From} to {transition.To} by {transition.By ?? "nobody"}"));
}
