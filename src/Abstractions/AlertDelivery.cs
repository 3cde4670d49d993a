namespace CacheOrleans;

/// <summary>What became of a message on one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="State">What became of it.</param>
/// <param name="Error">Why it was given up; null when it was not.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertDelivery")]
public sealed record AlertDelivery(
    [property: Id(0)] string Channel, [property: Id(1)] AlertDeliveryState State, [property: Id(2)] string? Error);
