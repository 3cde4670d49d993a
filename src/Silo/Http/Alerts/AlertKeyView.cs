using CacheOrleans.Alerts;

namespace CacheOrleans.Silo.Http.Alerts;

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
    int HeldBackSilos,
    DateTime? HeldBackSince)
{
    public static AlertKeyView Of(AlertKeyState key, DateTimeOffset now)
    {
        var (cooldown, suppressed) = (key.Hold, key.Suppressed);
        var isRefused = cooldown.Message == Guid.Empty;
        var mustWait = cooldown.AllowedIn > TimeSpan.Zero;
        return new(
            Shown.Name(cooldown.Key.Class),
            cooldown.Key.Name,
            isRefused ? "refused" : mustWait ? "held" : "free",
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
