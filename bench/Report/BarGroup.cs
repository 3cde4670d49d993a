namespace CacheOrleans.Bench.Report;

/// <summary>A group of bars under one heading.</summary>
internal sealed record BarGroup(string Heading, IReadOnlyList<Bar> Bars);
