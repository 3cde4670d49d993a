using System.Globalization;

namespace CacheOrleans.Slack.Messages;

/// <summary>Writes the times of a message.</summary>
internal static class NoticeTime
{
    /// <summary>A moment some time before <paramref name="at"/>, in UTC, with its date when that is another
    /// day.</summary>
    public static string Since(DateTimeOffset at, TimeSpan ago)
    {
        var now = at.UtcDateTime;
        var moment = ago <= TimeSpan.Zero ? now : ago.Ticks < now.Ticks ? now - ago : DateTime.MinValue;
        var format = moment.Date == now.Date ? "HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm:ss 'UTC'";
        return moment.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A length of time, in the two largest of its units.</summary>
    public static string Length(TimeSpan length) => length switch
    {
        { TotalMinutes: < 1 } => Invariant($"{Math.Max(0, length.Seconds)} s"),
        { TotalHours: < 1 } => Invariant($"{length.Minutes} min {length.Seconds} s"),
        { TotalDays: < 1 } => Invariant($"{length.Hours} h {length.Minutes} min"),
        _ => Invariant($"{length.Days} d {length.Hours} h"),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
