namespace CacheOrleans.Alerts;

/// <summary>The kind of a message.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertNoticeKind")]
public enum AlertNoticeKind
{
    /// <summary>The key fails.</summary>
    Failing,

    /// <summary>The key failed more often than was announced, and has not failed for a while.</summary>
    Digest,

    /// <summary>The key, whose failure was announced, has succeeded again.</summary>
    Resolved,

    /// <summary>There is no problem; an operator tests whether messages arrive.</summary>
    Test,

    /// <summary>The circuit breaker's state was changed manually.</summary>
    ManualChange,
}
