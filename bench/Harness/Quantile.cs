namespace CacheOrleans.Bench.Harness;

/// <summary>The value that a part of all values does not exceed.</summary>
internal static class Quantile
{
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);

    /// <summary>Finds it by nearest rank.</summary>
    public static double Of(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Max((int)Math.Ceiling(part * sorted.Count) - 1, 0)];
    }
}
