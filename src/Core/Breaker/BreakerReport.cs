namespace CacheOrleans.Breaker;

/// <summary>All that one silo knows; a later one replaces an earlier one.</summary>
/// <remarks>Since a report holds the whole record, losing, repeating or reordering reports loses and doubles nothing.
/// </remarks>
/// <param name="Silo">Who reports; a restarted silo has another name.</param>
/// <param name="Sequence">Grows with each report of the silo.</param>
/// <param name="Known">The last snapshot the silo has, with the time that is left now.</param>
/// <param name="Failures">Its target failures of the term of <paramref name="Known"/>, oldest first, no more than
/// <see cref="FailureRecord.Capacity"/>.</param>
/// <param name="FailuresInARow">The reads that failed since one succeeded, and the writes likewise; above zero, the
/// silo is failing.</param>
/// <param name="SinceLastCall">How long ago it last used the store; null: never.</param>
/// <param name="Probe">How a probe ended; null when there was none.</param>
/// <param name="State">What the silo does with calls, which is its own breaker's state when that has opened.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerReport")]
public sealed record BreakerReport(
    [property: Id(0)] string Silo,
    [property: Id(1)] long Sequence,
    [property: Id(2)] BreakerSnapshot Known,
    [property: Id(3)] BreakerFailure[] Failures,
    [property: Id(4)] int FailuresInARow,
    [property: Id(5)] TimeSpan? SinceLastCall,
    [property: Id(6)] ProbeResult? Probe,
    [property: Id(7)] BreakerState State);
