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

/// <summary>One failure that counts against the store's health.</summary>
/// <param name="Name">The cache whose call failed.</param>
/// <param name="Age">How long ago the call failed.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerFailure")]
public readonly record struct BreakerFailure([property: Id(0)] string Name, [property: Id(1)] TimeSpan Age);

/// <summary>The result of a probe.</summary>
/// <param name="Permit">The number of the permit that allowed the probe.</param>
/// <param name="IsSuccess">Whether the store answered a read and accepted a write.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.ProbeResult")]
public sealed record ProbeResult([property: Id(0)] long Permit, [property: Id(1)] bool IsSuccess);

/// <summary>The coordinator's answer to a silo's report.</summary>
/// <param name="Snapshot">The breaker's state and settings now.</param>
/// <param name="Permit">A permit for one probe of the store; null if the silo may not probe now.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerAnswer")]
public sealed record BreakerAnswer(
    [property: Id(0)] BreakerSnapshot Snapshot, [property: Id(1)] BreakerPermit? Permit);

/// <summary>Permission for one probe.</summary>
/// <param name="Id">The permit's number, which the silo returns with the probe's result.</param>
/// <param name="TimeLeft">How long until the permit expires; another silo may be permitted a probe then.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerPermit")]
public sealed record BreakerPermit([property: Id(0)] long Id, [property: Id(1)] TimeSpan TimeLeft);

/// <summary>The state and settings of a breaker's coordinator, as of the moment it is sent.</summary>
/// <remarks>A snapshot contains ages instead of times, so that the clocks of two machines are never compared.</remarks>
/// <param name="Version">The snapshot's version; a later one overrules an earlier one.</param>
/// <param name="State">The breaker's state.</param>
/// <param name="Term">The number of transitions: a failure counts only in the term in which its call began.</param>
/// <param name="TimeLeft">How long the break still lasts, zero or more; null unless <see cref="BreakerState.Open"/>.
/// </param>
/// <param name="OpenFor">How long ago the breaker left <see cref="BreakerState.Closed"/>; null if it is closed or
/// disabled.</param>
/// <param name="Attempt">How often it has opened again without having closed; 0 after the first opening.</param>
/// <param name="Settings">The settings in force.</param>
/// <param name="SettingsVersion">How often the settings were changed at run time; 0 if they are those of the
/// configuration.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerSnapshot")]
public sealed record BreakerSnapshot(
    [property: Id(0)] CoordinatorVersion Version,
    [property: Id(1)] BreakerState State,
    [property: Id(2)] long Term,
    [property: Id(3)] TimeSpan? TimeLeft,
    [property: Id(4)] TimeSpan? OpenFor,
    [property: Id(5)] int Attempt,
    [property: Id(6)] BreakerOptions Settings,
    [property: Id(7)] long SettingsVersion)
{
    /// <summary>Whether this snapshot overrules another: its version is later, or equal with a stricter state.
    /// </summary>
    /// <remarks>With an equal version and an equal state it is the same snapshot, and does not restart the break when
    /// it arrives late.</remarks>
    public bool Overrules(BreakerSnapshot other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Version > other.Version
            || (Version == other.Version && State != other.State && Refuses && !other.Refuses);
    }

    /// <summary>Whether the store must be skipped. An open breaker whose break has ended only waits for the next
    /// report, and does not count as refusing.</summary>
    private bool Refuses =>
        State is not (BreakerState.Closed or BreakerState.Disabled) && TimeLeft != TimeSpan.Zero;
}
