namespace CacheOrleans;

/// <summary>The delivery of a message on one channel.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="State">The state of the delivery.</param>
/// <param name="Error">Why the delivery was abandoned; null when it was not.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertDelivery")]
public sealed record AlertDelivery(
    [property: Id(0)] string Channel, [property: Id(1)] AlertDeliveryState State, [property: Id(2)] string? Error);
