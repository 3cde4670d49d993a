using System.Globalization;
using System.Text;
using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Puts a message into plain text.</summary>
internal static class AlertText
{
    /// <summary>Returns the message's text: one line, and a trace below it where there is one.</summary>
    public static string Of(AlertNotice notice)
    {
        if (notice.Kind == AlertNoticeKind.Test)
        {
            return "This is a test; nothing is wrong.";
        }

        var text = new StringBuilder(Subject(notice.Key)).Append(Verb(notice.Kind));
        if (notice.FailingFor > TimeSpan.Zero)
        {
            text.Append(CultureInfo.InvariantCulture, $" It began at {Time(notice.At - notice.FailingFor)}.");
        }

        if (notice.HeldBack is { } held)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" {held.Failures:N0} held back since {Time(notice.At - held.For)} on {Silos(held.Silos)}.");
        }

        return notice.Failure is { } failure ? Append(text, notice.Kind, failure) : text.ToString();
    }

    private static string Append(StringBuilder text, AlertNoticeKind kind, AlertFailure failure)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{(kind == AlertNoticeKind.Failing ? "" : " Last told of:")} {failure.What}");
        text.Append(CultureInfo.InvariantCulture, $" Silo {failure.Silo}, circuit breaker {failure.Breaker}.");
        if (kind == AlertNoticeKind.Failing && (failure.Trace ?? failure.ErrorType) is { } trace)
        {
            text.AppendLine().Append(trace);
        }

        return text.ToString();
    }

    private static string Subject(AlertKey key) => key.Class switch
    {
        AlertClass.Cache => $"Cache '{key.Name}' ",
        AlertClass.Breaker => $"Circuit breaker '{key.Name}' ",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key.Class, null),
    };

    private static string Verb(AlertNoticeKind kind) => kind switch
    {
        AlertNoticeKind.Failing => "fails.",
        AlertNoticeKind.Digest => "failed more often than was told, and is quiet now.",
        AlertNoticeKind.Resolved => "is well again.",
        AlertNoticeKind.Test => throw new ArgumentException("A test is about nothing.", nameof(kind)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Silos(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "silo" : "silos")}");

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
