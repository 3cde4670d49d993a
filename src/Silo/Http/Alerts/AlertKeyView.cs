using CacheOrleans.Alerts;

namespace CacheOrleans.Silo.Http.Alerts;

/// <summary>What the coordinator of alerts has on a key, as <c>GET /api/alerts</c> shows it.</summary>
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
    int HeldBackSilos,
    DateTime? HeldBackSince)
{
    public static AlertKeyView Of(AlertKeyState key, DateTimeOffset now)
    {
        var (hold, suppressed) = (key.Hold, key.Suppressed);
        var isRefused = hold.Message == Guid.Empty;
        var mustWait = hold.AllowedIn > TimeSpan.Zero;
        return new(
            Shown.Name(hold.Key.Class),
            hold.Key.Name,
            isRefused ? "refused" : mustWait ? "held" : "free",
            hold.IsOpen,
            mustWait ? Shown.Time(now + hold.AllowedIn) : null,
            mustWait ? Shown.Seconds(hold.AllowedIn) : null,
            hold.FailingFor > TimeSpan.Zero ? Shown.Time(now - hold.FailingFor) : null,
            key.SinceFailure is { } failed ? Shown.Time(now - failed) : null,
            hold.Failure is { } failure ? Shown.Name(failure.Stage) : null,
            hold.Failure?.What,
            hold.Failure?.ErrorType,
            hold.Failure?.Silo,
            isRefused ? null : hold.Message,
            isRefused ? null : Shown.Time(now - hold.SinceMessage),
            suppressed?.Failures ?? 0,
            suppressed?.Silos ?? 0,
            suppressed is null ? null : Shown.Time(now - suppressed.For));
    }
}
