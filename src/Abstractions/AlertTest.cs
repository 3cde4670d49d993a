namespace CacheOrleans;

/// <summary>The result of a test message, which is sent on request to check whether messages arrive.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Deliveries">The state of its delivery on each channel.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertTest")]
public sealed record AlertTest(
    [property: Id(0)] Guid Id, [property: Id(1)] IReadOnlyList<AlertDelivery> Deliveries);
