using CacheOrleans.Alerts;

namespace CacheOrleans;

/// <summary>A decision of the alerts' coordinator.</summary>
/// <param name="At">When it was made, by the coordinator's clock.</param>
/// <param name="Key">The subject of the alert.</param>
/// <param name="Notice">The message; null when nothing is sent because the maximum number of keys was reached.</param>
/// <param name="Deliveries">The state of the message's delivery on each channel.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertDecision")]
public sealed record AlertDecision(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] AlertKey Key,
    [property: Id(2)] AlertNotice? Notice,
    [property: Id(3)] IReadOnlyList<AlertDelivery> Deliveries);
