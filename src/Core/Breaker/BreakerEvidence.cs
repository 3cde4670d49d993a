namespace CacheOrleans.Breaker;

/// <summary>The failures inside the window, and who reported them.</summary>
/// <param name="Failures">How many there are, of all silos.</param>
/// <param name="Names">The caches they were of, sorted.</param>
/// <param name="SinceLastFailure">How long ago the last failure was, of this term or an earlier one; null: none.
/// </param>
/// <param name="Openings">How often it has opened from closed.</param>
/// <param name="Silos">What each silo has last reported, by name.</param>
public sealed record BreakerEvidence(
    int Failures,
    IReadOnlyList<string> Names,
    TimeSpan? SinceLastFailure,
    long Openings,
    IReadOnlyList<BreakerSilo> Silos);
