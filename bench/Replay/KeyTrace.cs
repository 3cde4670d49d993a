using System.Globalization;

namespace CacheOrleans.Bench.Replay;

/// <summary>Reads or generates the sequence of keys to replay.</summary>
internal static class KeyTrace
{
    private const int Seed = 7;
    private const double Skew = 0.99; // as in YCSB

    /// <summary>Reads a file with a key on each line, or generates a trace whose keys have a Zipfian popularity, like
    /// words in a text.</summary>
    /// <param name="path">The file; null to generate a trace.</param>
    /// <param name="length">The number of keys to generate, or the maximum to read.</param>
    /// <param name="keys">The number of different keys to generate from.</param>
    public static string[] Read(string? path, int length, int keys) => path is null
        ? Make(length, keys)
        : [.. File.ReadLines(path).Where(line => line.Length > 0).Take(length)];

    private static string[] Make(int length, int keys)
    {
        var sums = new double[keys];
        var sum = 0.0;
        for (var rank = 0; rank < keys; rank++)
        {
            sums[rank] = sum += Math.Pow(rank + 1, -Skew);
        }

        var random = new Random(Seed);
        var trace = new string[length];
        for (var i = 0; i < length; i++)
        {
            var found = Array.BinarySearch(sums, random.NextDouble() * sum);
            trace[i] = (found < 0 ? ~found : found).ToString(CultureInfo.InvariantCulture);
        }

        return trace;
    }
}
