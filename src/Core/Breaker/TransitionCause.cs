namespace CacheOrleans.Breaker;

/// <summary>Why a breaker changed its state.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.TransitionCause")]
public enum TransitionCause
{
    /// <summary>The failures reached the threshold.</summary>
    Failures,

    /// <summary>The break ended.</summary>
    BreakEnded,

    /// <summary>A probe failed.</summary>
    ProbeFailed,

    /// <summary>Enough probes succeeded.</summary>
    ProbesSucceeded,

    /// <summary>An operator requested the change.</summary>
    ByHand,

    /// <summary>A new coordinator adopted the state that a silo reported.</summary>
    Adopted,
}
