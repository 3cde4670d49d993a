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
    long HeldBack,
    int HeldBackSilos,
    IReadOnlyList<AlertDeliveryView> Deliveries)
{
    public static AlertDecisionView Of(AlertDecision decision)
    {
        var notice = decision.Notice;
        var failure = notice?.Failure;
        var isTest = notice is { Kind: AlertNoticeKind.Test }; // about nothing, though it has a key
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
            notice?.HeldBack?.Failures ?? 0,
            notice?.HeldBack?.Silos ?? 0,
            AlertDeliveryView.Of(decision.Deliveries));
    }
}
