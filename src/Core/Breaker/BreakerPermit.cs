namespace CacheOrleans.Breaker;

/// <summary>Permission for one probe.</summary>
/// <param name="Id">The permit's number, which the silo returns with the probe's result.</param>
/// <param name="TimeLeft">How long until the permit expires; another silo may be permitted a probe then.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerPermit")]
public sealed record BreakerPermit([property: Id(0)] long Id, [property: Id(1)] TimeSpan TimeLeft);
