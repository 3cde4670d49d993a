namespace CacheOrleans.Alerts;

/// <summary>A message to be delivered.</summary>
/// <remarks>Two deliveries of one message have the same <paramref name="Id"/>.</remarks>
/// <param name="Id">Which message it is.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Key">What it is about.</param>
/// <param name="At">When it was decided.</param>
/// <param name="FailingFor">How long ago, then, the problem had begun; zero for one that has just begun.</param>
/// <param name="Failure">The failure it tells of; the last one told of with <see cref="AlertNoticeKind.Resolved"/> and
/// <see cref="AlertNoticeKind.Digest"/>, where it is known.</param>
/// <param name="Suppressed">What was held back since the message before; null: nothing.</param>
/// <param name="Situation">What held when it was decided; null: not known.</param>
/// <param name="Change">What was changed manually; null: it tells of something else.</param>
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
