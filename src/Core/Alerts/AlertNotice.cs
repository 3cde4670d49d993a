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
