using System.Globalization;
using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Slack.Messages;

/// <summary>Puts a message into words.</summary>
internal static class NoticeWords
{
    /// <summary>How much of a name fits with what is said of it.</summary>
    private const int MaxName = 80;

    /// <summary>Says in a line what happened.</summary>
    public static string Title(AlertNotice notice) => notice.Kind switch
    {
        AlertNoticeKind.Failing => $"{Subject(notice.Key)}{Failed(notice)}",
        AlertNoticeKind.Digest => $"{Subject(notice.Key)} failed more often than was told",
        AlertNoticeKind.Resolved => $"{Subject(notice.Key)} works again",
        AlertNoticeKind.Test => "A test: alerts arrive here",
        _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "Unknown kind of message."),
    };

    /// <summary>Says what it means.</summary>
    public static string Summary(AlertNotice notice) => notice.Kind switch
    {
        AlertNoticeKind.Failing => notice.Failure?.What ?? "It is not known what.",
        AlertNoticeKind.Digest => $"It is quiet now.{Before(notice)}",
        AlertNoticeKind.Resolved => $"It failed for {NoticeTime.Length(notice.FailingFor)}.{Before(notice)}",
        AlertNoticeKind.Test => "Nothing is wrong; somebody wanted to see whether messages arrive.",
        _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "Unknown kind of message."),
    };

    /// <summary>Says what no message told of.</summary>
    public static string HeldBack(AlertNotice notice, AlertHeldBack heldBack) => string.Create(
        CultureInfo.InvariantCulture,
        $"{heldBack.Failures} held back since {NoticeTime.Since(notice.At, heldBack.For)} on {Silos(heldBack.Silos)}");

    public static string Breaker(BreakerState state) => state switch
    {
        BreakerState.Closed => "closed",
        BreakerState.Open => "open",
        BreakerState.HalfOpen => "half open",
        BreakerState.Isolated => "isolated",
        BreakerState.Disabled => "disabled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    private static string Subject(AlertKey key)
    {
        var name = SlackText.Line(key.Name, MaxName);
        return key.Class switch
        {
            AlertClass.Cache => $"Cache '{name}'",
            AlertClass.Breaker => $"Breaker '{name}'",
            _ => throw new ArgumentOutOfRangeException(nameof(key), key.Class, "Unknown class."),
        };
    }

    private static string Failed(AlertNotice notice) => notice.Failure?.Stage switch
    {
        AlertStage.Read => ": the read from Redis failed",
        AlertStage.Fallback => ": the fallback failed",
        AlertStage.Store => ": the write to Redis failed",
        AlertStage.Breaker => " opened",
        null => " failed",
        _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Failure.Stage, "Unknown stage."),
    };

    private static string Before(AlertNotice notice) =>
        notice.Failure is { } failure ? $" The last message said: {failure.What}" : string.Empty;

    private static string Silos(int count) =>
        count == 1 ? "1 silo" : string.Create(CultureInfo.InvariantCulture, $"{count} silos");
}
