using System.Globalization;

namespace CacheOrleans.EndToEnd.History;

/// <summary>The seeds of the histories. <c>CACHEORLEANS_SEEDS</c> selects others, such as <c>7</c> or
/// <c>1-50</c>.</summary>
internal static class Seeds
{
    private const string Variable = "CACHEORLEANS_SEEDS";

    public static TheoryData<int> All { get; } = [.. Read(Environment.GetEnvironmentVariable(Variable) ?? "1")];

    private static IEnumerable<int> Read(string range)
    {
        int[] ends = [.. range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
