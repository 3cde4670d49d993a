using CacheOrleans.Coordination;

namespace CacheOrleans.Breaker;

/// <summary>What a breaker's coordinator says, as of the moment it is sent.</summary>
/// <remarks>Ages travel, not times: no clock is compared with another's.</remarks>
/// <param name="Version">Later ones overrule earlier ones.</param>
/// <param name="State">The state.</param>
/// <param name="Term">Counts transitions: a failure counts only in the term in which its call began.</param>
/// <param name="TimeLeft">How long the break still lasts, zero or more; null unless <see cref="BreakerState.Open"/>.
/// </param>
/// <param name="OpenFor">How long ago it left <see cref="BreakerState.Closed"/>; null when it has not, or is
/// disabled.</param>
/// <param name="Attempt">How often it has opened again without having closed; 0 after the first opening.</param>
/// <param name="Settings">The settings in force.</param>
/// <param name="SettingsVersion">Counts the changes of the settings while it ran; 0: they are those of configuration.
/// </param>
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
    /// <summary>Whether this counts more than another: it is later, or as late and stricter.</summary>
    /// <remarks>As late and of the same state, it is the same: it does not begin the break anew by coming late.
    /// </remarks>
    public bool Overrules(BreakerSnapshot other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Version > other.Version
            || (Version == other.Version && State != other.State && Refuses && !other.Refuses);
    }

    /// <summary>Whether the store is skipped, and not only because nobody has asked again since the break ended.
    /// </summary>
    private bool Refuses =>
        State is not (BreakerState.Closed or BreakerState.Disabled) && TimeLeft != TimeSpan.Zero;
}
