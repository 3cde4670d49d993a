namespace CacheOrleans.Bench.Harness;

/// <summary>Computes the value that a given part of all values does not exceed.</summary>
internal static class Quantile
{
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);

    /// <summary>Returns a quantile by the nearest-rank method.</summary>
    public static double Of(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Max((int)Math.Ceiling(part * sorted.Count) - 1, 0)];
    }
}
