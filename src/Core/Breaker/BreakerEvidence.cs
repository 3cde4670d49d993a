namespace CacheOrleans.Breaker;

/// <summary>The failures within the sampling duration, and the silos that reported them.</summary>
/// <param name="Failures">How many failures all silos reported together.</param>
/// <param name="Names">The caches whose calls failed, sorted.</param>
/// <param name="SinceLastFailure">How long ago the last failure was, in this term or an earlier one; null if there was
/// no failure.</param>
/// <param name="Openings">How often the breaker has opened from the closed state.</param>
/// <param name="Silos">The latest report of each silo, sorted by the silo's name.</param>
public sealed record BreakerEvidence(
    int Failures,
    IReadOnlyList<string> Names,
    TimeSpan? SinceLastFailure,
    long Openings,
    IReadOnlyList<BreakerSilo> Silos);
