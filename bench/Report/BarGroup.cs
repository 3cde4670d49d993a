namespace CacheOrleans.Bench.Report;

/// <summary>Bars that stand together under a heading.</summary>
internal sealed record BarGroup(string Heading, IReadOnlyList<Bar> Bars);
