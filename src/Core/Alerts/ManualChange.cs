using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>A change of the breaker's state that somebody made manually.</summary>
/// <param name="Id">The id of the message about it; a repeated report has the same.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="By">Who made it; null: not known.</param>
/// <param name="Age">How long ago it was made, when it was reported.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.ManualChange")]
public sealed record ManualChange(
    [property: Id(0)] Guid Id,
    [property: Id(1)] BreakerState From,
    [property: Id(2)] BreakerState To,
    [property: Id(3)] string? By,
    [property: Id(4)] TimeSpan Age);
