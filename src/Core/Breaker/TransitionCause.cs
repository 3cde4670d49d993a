namespace CacheOrleans.Breaker;

/// <summary>Why a breaker changed its state.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.TransitionCause")]
public enum TransitionCause
{
    /// <summary>There were too many failures.</summary>
    Failures,

    /// <summary>The break ended.</summary>
    BreakEnded,

    /// <summary>A probe failed.</summary>
    ProbeFailed,

    /// <summary>Enough probes succeeded.</summary>
    ProbesSucceeded,

    /// <summary>Somebody asked for it.</summary>
    ByHand,

    /// <summary>A new coordinator learned it from a silo.</summary>
    Adopted,
}
