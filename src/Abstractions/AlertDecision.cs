using CacheOrleans.Alerts;

namespace CacheOrleans;

/// <summary>A decision of the coordinator of alerts.</summary>
/// <param name="At">When, by the coordinator's clock.</param>
/// <param name="Key">What it is about.</param>
/// <param name="Notice">The message; null: there was no room, and nothing is sent.</param>
/// <param name="Deliveries">What became of the message, on each channel.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertDecision")]
public sealed record AlertDecision(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] AlertKey Key,
    [property: Id(2)] AlertNotice? Notice,
    [property: Id(3)] IReadOnlyList<AlertDelivery> Deliveries);
