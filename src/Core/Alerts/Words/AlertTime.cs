using System.Globalization;

namespace CacheOrleans.Alerts;

/// <summary>Formats the times and counts of a message.</summary>
internal static class AlertTime
{
    /// <summary>Returns a moment some time before <paramref name="at"/>, in UTC, with its date if that is another
    /// day.</summary>
    public static string Since(DateTimeOffset at, TimeSpan ago)
    {
        var now = at.UtcDateTime;
        var moment = ago <= TimeSpan.Zero ? now : ago.Ticks < now.Ticks ? now - ago : DateTime.MinValue;
        var format = moment.Date == now.Date ? "HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm:ss 'UTC'";
        return moment.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Returns a number with its noun in the singular or plural.</summary>
    public static string Count(int number, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {thing}{(number == 1 ? "" : "s")}");
}
