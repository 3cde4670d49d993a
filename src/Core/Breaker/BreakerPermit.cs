namespace CacheOrleans.Breaker;

/// <summary>Leave for one probe.</summary>
/// <param name="Id">Which permit; told with the probe's result.</param>
/// <param name="TimeLeft">When it expires, and may be given to another.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerPermit")]
public sealed record BreakerPermit([property: Id(0)] long Id, [property: Id(1)] TimeSpan TimeLeft);
