namespace CacheOrleans.Alerts;

/// <summary>What a message says.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertNoticeKind")]
public enum AlertNoticeKind
{
    /// <summary>Something fails.</summary>
    Failing,

    /// <summary>Something failed more often than was told, and is quiet now.</summary>
    Digest,

    /// <summary>Something that was told of fails no more.</summary>
    Resolved,

    /// <summary>Nothing is wrong; somebody wants to see whether messages arrive.</summary>
    Test,
}
