using System.Globalization;
using CacheOrleans.Bench.Harness;

namespace CacheOrleans.Bench.Report;

/// <summary>Formats figures for people.</summary>
internal static class Amount
{
    public static string Text(double value, Unit unit) => unit switch
    {
        Unit.Nanoseconds => value switch
        {
            < 1000 => Rounded(value, "ns"),
            < 1_000_000 => Rounded(value / 1000, "µs"),
            _ => Rounded(value / 1_000_000, "ms"),
        },
        Unit.Milliseconds => Rounded(value, "ms"),
        Unit.PerSecond => value >= 10_000 ? Rounded(value / 1000, "k/s") : Rounded(value, "/s"),
        Unit.Bytes => Rounded(value, "B"),
        Unit.Count => value.ToString("0.##", CultureInfo.InvariantCulture),
        Unit.Part => string.Create(CultureInfo.InvariantCulture, $"{value * 100:F1} %"),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
    };

    /// <summary>Returns the unit's name in <c>bench.json</c>, where figures are not scaled.</summary>
    public static string Name(Unit unit) => unit switch
    {
        Unit.Nanoseconds => "ns",
        Unit.Milliseconds => "ms",
        Unit.PerSecond => "1/s",
        Unit.Bytes => "B",
        Unit.Count => "count",
        Unit.Part => "part",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
    };

    /// <summary>Formats a value with three significant digits.</summary>
    private static string Rounded(double value, string unit)
    {
        var format = Math.Abs(value) switch
        {
            0 => "F0",
            < 10 => "F2",
            < 100 => "F1",
            _ => "F0",
        };
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
    }
}
