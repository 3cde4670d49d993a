namespace CacheOrleans;

/// <summary>What became of a message that somebody asked for, to see whether messages arrive.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Deliveries">What became of it, on each channel.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertTest")]
public sealed record AlertTest(
    [property: Id(0)] Guid Id, [property: Id(1)] IReadOnlyList<AlertDelivery> Deliveries);
