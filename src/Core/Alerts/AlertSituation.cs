using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>The situation at the moment when a message is decided.</summary>
/// <param name="Outlook">Whether the problem is over.</param>
/// <param name="Breaker">The state of the cluster's breaker, as the silos report it; null if no silo that applies this
/// state has reported.</param>
/// <param name="SkippingLocally">How many silos skip the store because of their local breakers.</param>
/// <param name="SinceFailure">How long ago the key last failed; null if unknown.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertSituation")]
public sealed record AlertSituation(
    [property: Id(0)] AlertOutlook Outlook,
    [property: Id(1)] BreakerState? Breaker,
    [property: Id(2)] int SkippingLocally,
    [property: Id(3)] TimeSpan? SinceFailure);
