using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>A message to be delivered.</summary>
/// <remarks>Two deliveries of one message have the same <paramref name="Id"/>.</remarks>
/// <param name="Id">The message's id.</param>
/// <param name="Kind">The kind of message.</param>
/// <param name="Key">The subject of the message.</param>
/// <param name="At">When the message was decided.</param>
/// <param name="FailingFor">How long before that the problem had begun; zero for a problem that had just begun.</param>
/// <param name="Failure">The failure that the message announces; with <see cref="AlertNoticeKind.Resolved"/> and
/// <see cref="AlertNoticeKind.Digest"/> the failure that was announced last, if known.</param>
/// <param name="Suppressed">The failures suppressed since the previous message; null if there were none.</param>
/// <param name="Situation">The situation when the message was decided; null if unknown.</param>
/// <param name="Change">The manual change that the message announces; null if it announces something else.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertNotice")]
public sealed record AlertNotice(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AlertNoticeKind Kind,
    [property: Id(2)] AlertKey Key,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] TimeSpan FailingFor,
    [property: Id(5)] AlertFailure? Failure,
    [property: Id(6)] SuppressedFailures? Suppressed,
    [property: Id(7)] AlertSituation? Situation = null,
    [property: Id(8)] ManualChange? Change = null);

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

/// <summary>The situation at the moment when a message is decided.</summary>
/// <param name="Outlook">Whether the problem is over.</param>
/// <param name="Breaker">The state of the cluster's breaker, as the silos report it; null if no silo that applies this
/// state has reported.</param>
/// <param name="SkippingLocally">How many silos skip the store because of their local breakers.</param>
/// <param name="SinceFailure">How long ago the key last failed; null if unknown.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertSituation")]
public sealed record AlertSituation(
    [property: Id(0)] AlertOutlook Outlook,
    [property: Id(1)] BreakerState? Breaker,
    [property: Id(2)] int SkippingLocally,
    [property: Id(3)] TimeSpan? SinceFailure);

/// <summary>What is known about whether a problem is over, at the time when a message about it is decided.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertOutlook")]
public enum AlertOutlook
{
    /// <summary>Nothing has failed for a while, and nothing has succeeded either.</summary>
    Unknown,

    /// <summary>At least one silo skips the store, so nothing can fail there and nothing can succeed.</summary>
    Skipped,

    /// <summary>Each stage that failed has succeeded since.</summary>
    Works,
}
