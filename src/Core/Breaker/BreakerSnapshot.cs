using CacheOrleans.Coordination;

namespace CacheOrleans.Breaker;

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
