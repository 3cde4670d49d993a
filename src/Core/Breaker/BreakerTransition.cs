using System.Globalization;
using CacheOrleans.Alerts;

namespace CacheOrleans.Breaker;

/// <summary>A change of a breaker's state.</summary>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Cause">The cause of the change.</param>
/// <param name="Version">The version of the state after.</param>
/// <param name="BreakDuration">How long the store is skipped from now on; null if it is not skipped, or skipped without
/// an end.</param>
/// <param name="Attempt">How often the breaker has opened again without having closed.</param>
/// <param name="Failures">How many failures all silos reported within the sampling duration.</param>
/// <param name="Caches">How many caches those failures came from.</param>
/// <param name="Silos">How many silos' latest read or write failed.</param>
/// <param name="By">The person or program that made a manual change; null if unknown, or if the change was not manual.
/// </param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerTransition")]
public sealed record BreakerTransition(
    [property: Id(0)] BreakerState From,
    [property: Id(1)] BreakerState To,
    [property: Id(2)] TransitionCause Cause,
    [property: Id(3)] CoordinatorVersion Version,
    [property: Id(4)] TimeSpan? BreakDuration,
    [property: Id(5)] int Attempt,
    [property: Id(6)] int Failures,
    [property: Id(7)] int Caches,
    [property: Id(8)] int Silos,
    [property: Id(9)] string? By = null)
{
    /// <summary>Returns the cause in words, to continue a sentence.</summary>
    public string Reason() => Cause switch
    {
        TransitionCause.Failures => $"{AlertTime.Count(Failures, "failure")} of {AlertTime.Count(Caches, "cache")} on "
            + $"{AlertTime.Count(Silos, "silo")}; Redis is skipped for {Seconds} s",
        TransitionCause.ProbeFailed => string.Create(
            CultureInfo.InvariantCulture,
            $"probes failed; Redis is skipped for another {Seconds} s (attempt {Attempt})"),
        TransitionCause.BreakEnded => "the break has ended",
        TransitionCause.ProbesSucceeded => "Redis responds again",
        TransitionCause.Manual => By is { } by ? $"changed manually by {by}" : "changed manually",
        TransitionCause.Adopted => "a new coordinator has adopted the state from a silo",
        _ => throw new InvalidOperationException($"There is no cause {Cause}."),
    };

    private string? Seconds => BreakDuration?.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>Why a breaker changed its state.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.TransitionCause")]
public enum TransitionCause
{
    /// <summary>The failures reached the threshold.</summary>
    Failures,

    /// <summary>The break ended.</summary>
    BreakEnded,

    /// <summary>The probes of enough silos failed.</summary>
    ProbeFailed,

    /// <summary>Enough probes succeeded.</summary>
    ProbesSucceeded,

    /// <summary>An operator requested the change.</summary>
    Manual,

    /// <summary>A new coordinator adopted the state that a silo reported.</summary>
    Adopted,
}
