using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>A manual change of the breaker's state.</summary>
/// <param name="Id">The id of the message about the change; a repeated report contains the same id.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="By">The person or program that made the change; null if unknown.</param>
/// <param name="Age">How long before the report the change was made.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.ManualChange")]
public sealed record ManualChange(
    [property: Id(0)] Guid Id,
    [property: Id(1)] BreakerState From,
    [property: Id(2)] BreakerState To,
    [property: Id(3)] string? By,
    [property: Id(4)] TimeSpan Age);
