using CacheOrleans.Alerts;

namespace CacheOrleans.Silo.Http.Alerts;

/// <summary>The cluster's alerts as <c>GET /api/alerts</c> shows them.</summary>
/// <remarks>The points in time, except those of decisions, are computed here from ages and this silo's clock, so they
/// are off by the time that the response took.</remarks>
internal sealed record AlertOverview(
    string Coordinator,
    IReadOnlyList<string> Channels,
    int MaxKeys,
    IReadOnlyList<AlertKeyView> Keys,
    IReadOnlyList<AlertDecisionView> Decisions)
{
    public static AlertOverview Of(AlertStatistics statistics, DateTimeOffset now) => new(
        statistics.Coordinator,
        statistics.Channels,
        statistics.MaxKeys,
        [.. statistics.Keys.Select(key => AlertKeyView.Of(key, now))],
        [.. statistics.Decisions.Select(AlertDecisionView.Of)]);
}

/// <summary>The alert coordinator's state of a key, as <c>GET /api/alerts</c> shows it.</summary>
internal sealed record AlertKeyView(
    string Class,
    string Name,
    string State,
    bool IsOpen,
    DateTime? NextAllowed,
    double? NextAllowedInSeconds,
    DateTime? FailingSince,
    DateTime? LastFailureAt,
    string? Stage,
    string? What,
    string? ErrorType,
    string? Silo,
    Guid? LastMessageId,
    DateTime? LastMessageAt,
    long Suppressed,
    int SuppressedSilos,
    DateTime? SuppressedSince)
{
    public static AlertKeyView Of(AlertKeyState key, DateTimeOffset now)
    {
        var (cooldown, suppressed) = (key.Cooldown, key.Suppressed);
        var isRefused = cooldown.Message == Guid.Empty;
        var mustWait = cooldown.AllowedIn > TimeSpan.Zero;
        return new(
            Shown.Name(cooldown.Key.Class),
            cooldown.Key.Name,
            isRefused ? "refused" : mustWait ? "coolingDown" : "ready",
            cooldown.IsOpen,
            mustWait ? Shown.Time(now + cooldown.AllowedIn) : null,
            mustWait ? Shown.Seconds(cooldown.AllowedIn) : null,
            cooldown.FailingFor > TimeSpan.Zero ? Shown.Time(now - cooldown.FailingFor) : null,
            key.SinceFailure is { } failed ? Shown.Time(now - failed) : null,
            cooldown.Failure is { } failure ? Shown.Name(failure.Stage) : null,
            cooldown.Failure?.What,
            cooldown.Failure?.ErrorType,
            cooldown.Failure?.Silo,
            isRefused ? null : cooldown.Message,
            isRefused ? null : Shown.Time(now - cooldown.SinceMessage),
            suppressed?.Failures ?? 0,
            suppressed?.Silos ?? 0,
            suppressed is null ? null : Shown.Time(now - suppressed.For));
    }
}

/// <summary>A decision about alerts as <c>GET /api/alerts</c> shows it.</summary>
internal sealed record AlertDecisionView(
    DateTime At,
    string? Class,
    string? Name,
    string Kind,
    Guid? Id,
    string? Stage,
    string? What,
    string? ErrorType,
    string? Silo,
    long Suppressed,
    int SuppressedSilos,
    string? Outlook,
    string? Breaker,
    string? From,
    string? To,
    string? By,
    IReadOnlyList<AlertDeliveryView> Deliveries)
{
    public static AlertDecisionView Of(AlertDecision decision)
    {
        var notice = decision.Notice;
        var failure = notice?.Failure;
        var isTest = notice is { Kind: AlertNoticeKind.Test }; // a test has a key, but no cache or class
        var hasOutlook = notice is { Kind: AlertNoticeKind.Digest or AlertNoticeKind.Resolved };
        return new(
            Shown.Time(decision.At),
            isTest ? null : Shown.Name(decision.Key.Class),
            isTest ? null : decision.Key.Name,
            notice is null ? "refused" : Shown.Name(notice.Kind),
            notice?.Id,
            failure is null ? null : Shown.Name(failure.Stage),
            failure?.What,
            failure?.ErrorType,
            failure?.Silo,
            notice?.Suppressed?.Failures ?? 0,
            notice?.Suppressed?.Silos ?? 0,
            hasOutlook ? NameOrNull(notice?.Situation?.Outlook) : null,
            NameOrNull(notice?.Situation?.Breaker),
            NameOrNull(notice?.Change?.From),
            NameOrNull(notice?.Change?.To),
            notice?.Change?.By,
            AlertDeliveryView.Of(decision.Deliveries));
    }

    private static string? NameOrNull<T>(T? value)
        where T : struct, Enum => value is { } known ? Shown.Name(known) : null;
}

/// <summary>The state of a message on one channel.</summary>
internal sealed record AlertDeliveryView(string Channel, string State, string? Error)
{
    public static IReadOnlyList<AlertDeliveryView> Of(IReadOnlyList<AlertDelivery> deliveries) =>
        [.. deliveries.Select(delivery => new AlertDeliveryView(
            delivery.Channel, Shown.Name(delivery.State), delivery.Error))];
}
