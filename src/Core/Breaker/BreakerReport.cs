namespace CacheOrleans.Breaker;

/// <summary>Everything that one silo knows about the store; a later report replaces an earlier one.</summary>
/// <remarks>Each report contains the silo's whole record, so a report that is lost, repeated or out of order neither
/// loses a failure nor counts one twice.</remarks>
/// <param name="Silo">The silo that reports; a restarted silo has another name.</param>
/// <param name="Sequence">A number that grows with each report of the silo.</param>
/// <param name="Known">The last snapshot that the silo received, with the time that is left now.</param>
/// <param name="Failures">The silo's failures that count against the store's health, in the term of
/// <paramref name="Known"/>, oldest first; at most <see cref="FailureRecord.Capacity"/>.</param>
/// <param name="FailuresInARow">The reads that failed since a read succeeded, plus the writes that failed since a write
/// succeeded; above zero, the silo is failing.</param>
/// <param name="SinceLastCall">How long ago the silo last used the store; null if it never did.</param>
/// <param name="Probe">The result of a probe; null if the silo made none.</param>
/// <param name="State">The breaker state that the silo applies to calls; the state of its local breaker when that has
/// opened.</param>
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
