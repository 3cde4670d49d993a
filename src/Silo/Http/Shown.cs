using System.Text.Json;

namespace CacheOrleans.Silo.Http;

/// <summary>How answers write what JSON has no form for.</summary>
internal static class Shown
{
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    /// <summary>A point in time, to the millisecond.</summary>
    public static DateTime Time(DateTimeOffset at) =>
        at.UtcDateTime.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
}
