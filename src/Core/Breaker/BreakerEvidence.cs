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

/// <summary>One silo's latest report to the coordinator.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="State">The breaker state that the silo applies to calls; the state of its local breaker when that has
/// opened.</param>
/// <param name="Version">The version of the last snapshot that the silo received.</param>
/// <param name="Age">How long ago the silo reported.</param>
/// <param name="Failures">How many failures it reported within the sampling duration.</param>
/// <param name="IsFailing">Whether its latest read or write failed.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerSilo")]
public sealed record BreakerSilo(
    [property: Id(0)] string Silo,
    [property: Id(1)] BreakerState State,
    [property: Id(2)] CoordinatorVersion Version,
    [property: Id(3)] TimeSpan Age,
    [property: Id(4)] int Failures,
    [property: Id(5)] bool IsFailing);
