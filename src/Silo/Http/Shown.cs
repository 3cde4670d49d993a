using System.Text.Json;

namespace CacheOrleans.Silo.Http;

/// <summary>Formats values for responses that JSON has no form for: enums, durations and points in time.</summary>
internal static class Shown
{
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    /// <summary>Returns a point in time in UTC, truncated to milliseconds.</summary>
    public static DateTime Time(DateTimeOffset at) =>
        at.UtcDateTime.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
}
