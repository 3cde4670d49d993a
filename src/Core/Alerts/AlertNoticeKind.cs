namespace CacheOrleans.Alerts;

/// <summary>What a message says.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertNoticeKind")]
public enum AlertNoticeKind
{
    /// <summary>Something fails.</summary>
    Failing,

    /// <summary>Something failed more often than was announced, and has not failed for a while.</summary>
    Digest,

    /// <summary>Something whose failure was announced has succeeded again.</summary>
    Resolved,

    /// <summary>Nothing is wrong; somebody wants to see whether messages arrive.</summary>
    Test,

    /// <summary>Somebody changed the circuit breaker's state manually.</summary>
    ManualChange,
}
