using CacheOrleans.Alerts;

namespace CacheOrleans.Silo.Http.Alerts;

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
    int HeldBackSilos,
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
