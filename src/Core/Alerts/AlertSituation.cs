using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>What cooldowns at the moment when a message is decided.</summary>
/// <param name="Outlook">Whether the problem is over.</param>
/// <param name="Breaker">The state of the cluster's breaker, as the silos report it; null: none that follows it has
/// reported.</param>
/// <param name="SkippingLocally">How many silos skip the store because their own breaker says so.</param>
/// <param name="SinceFailure">How long ago the key failed last; null: not known.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertSituation")]
public sealed record AlertSituation(
    [property: Id(0)] AlertOutlook Outlook,
    [property: Id(1)] BreakerState? Breaker,
    [property: Id(2)] int SkippingLocally,
    [property: Id(3)] TimeSpan? SinceFailure);
