using System.Globalization;

namespace CacheOrleans.Bench.Harness;

/// <summary>Prints what a comparison gave, a line for each contender.</summary>
internal static class Table
{
    /// <summary>Prints the contenders, and how each compares with the last, the peer.</summary>
    public static void Print(string title, IReadOnlyList<Measurement> measurements)
    {
        Console.WriteLine(title);
        var peer = measurements[^1];
        foreach (var measurement in measurements)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {measurement.Name,-52} {Time(measurement.Nanoseconds),10}  {measurement.Bytes,8:F0} B"
                + $"  {measurement.Nanoseconds / peer.Nanoseconds,6:F2} of {peer.Name}"));
        }
    }

    private static string Time(double nanoseconds) => nanoseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:F1} ns")
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:F2} µs");
}
