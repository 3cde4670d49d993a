using System.Globalization;

namespace CacheOrleans.Alerts;

/// <summary>Writes the times and counts of a message.</summary>
internal static class AlertTime
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

    /// <summary>A number of things.</summary>
    public static string Count(int number, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {thing}{(number == 1 ? "" : "s")}");
}
