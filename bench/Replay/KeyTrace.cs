using System.Globalization;

namespace CacheOrleans.Bench.Replay;

/// <summary>The keys that are asked for, one after the other.</summary>
internal static class KeyTrace
{
    private const int Seed = 7;
    private const double Skew = 0.99; // that of YCSB's

    /// <summary>Reads a file with a key on each line, or makes a trace whose keys are as popular as words are.
    /// </summary>
    /// <param name="path">The file; null: one is made.</param>
    /// <param name="length">How many keys are made, or read at the most.</param>
    /// <param name="keys">How many different ones there are to choose from.</param>
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
