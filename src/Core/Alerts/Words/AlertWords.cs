using System.Globalization;

namespace CacheOrleans.Alerts;

/// <summary>Writes the text of a message, which is the same on every channel.</summary>
/// <remarks>A message can arrive minutes after it was decided, so its statements about the present give their time.
/// </remarks>
public static class AlertWords
{
    /// <summary>Returns a line that says what happened.</summary>
    public static string Title(AlertNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Kind switch
        {
            AlertNoticeKind.Failing => $"{Subject(notice.Key)}{Failed(notice)}",
            AlertNoticeKind.Digest => $"{Subject(notice.Key)} {Again(notice)}",
            AlertNoticeKind.Resolved when notice.Key.Class == AlertClass.Breaker =>
                $"{Subject(notice.Key)}: Redis answers again",
            AlertNoticeKind.Resolved => $"{Subject(notice.Key)} works again",
            AlertNoticeKind.Test => "A test: alerts arrive here",
            AlertNoticeKind.ManualChange => $"{Subject(notice.Key)} {ChangeWords.Done(notice.Change)}",
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "Unknown kind of message."),
        };
    }

    /// <summary>Returns sentences that say what this means.</summary>
    public static string Summary(AlertNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Kind switch
        {
            AlertNoticeKind.Failing => notice.Failure?.What ?? "It is unknown what failed.",
            AlertNoticeKind.Digest => $"{OutlookWords.Digest(notice)}{Before(notice)}",
            AlertNoticeKind.Resolved => $"{OutlookWords.Resolved(notice)}{Before(notice)}",
            AlertNoticeKind.Test => "Nothing is wrong; somebody wanted to see whether messages arrive.",
            AlertNoticeKind.ManualChange => ChangeWords.Consequence(notice.Change),
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "Unknown kind of message."),
        };
    }

    /// <summary>Returns the details of a message, one pair for each line.</summary>
    public static IEnumerable<(string Name, string Value)> Details(AlertNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Kind switch
        {
            AlertNoticeKind.Failing or AlertNoticeKind.Digest or AlertNoticeKind.Resolved =>
                ProblemDetails.Of(notice),
            AlertNoticeKind.Test => [],
            AlertNoticeKind.ManualChange => ChangeWords.Details(notice),
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "Unknown kind of message."),
        };
    }

    /// <summary>Returns the message's id and when it was decided, which can be minutes before it arrives.</summary>
    public static string Footer(AlertNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return $"Decided at {AlertTime.Since(notice.At, TimeSpan.Zero)}. Message {notice.Id}";
    }

    private static string Subject(AlertKey key) => key.Class switch
    {
        AlertClass.Cache => $"Cache '{key.Name}'",
        AlertClass.Breaker or AlertClass.ManualChange => $"Breaker '{key.Name}'",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key.Class, "Unknown class."),
    };

    private static string Failed(AlertNotice notice) => notice.Failure?.Stage switch
    {
        AlertStage.Read => ": the read from Redis failed",
        AlertStage.Fallback => ": the fallback failed",
        AlertStage.Store => ": the write to Redis failed",
        AlertStage.Breaker => " opened",
        null => " failed",
        _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Failure.Stage, "Unknown stage."),
    };

    private static string Again(AlertNotice notice)
    {
        var verb = notice.Key.Class == AlertClass.Breaker ? "opened" : "failed";
        return notice.Suppressed is not { Failures: var count } ? $"{verb} again"
            : string.Create(CultureInfo.InvariantCulture, $"{verb} {count:N0} more {(count == 1 ? "time" : "times")}");
    }

    private static string Before(AlertNotice notice) =>
        notice.Failure is { } failure ? $" The last message said: {failure.What}" : string.Empty;
}
