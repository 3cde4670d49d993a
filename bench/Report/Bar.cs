namespace CacheOrleans.Bench.Report;

/// <summary>A bar of a chart.</summary>
/// <param name="Label">Whose it is.</param>
/// <param name="Value">How long it is.</param>
/// <param name="Text">The value in words.</param>
/// <param name="IsOurs">Whether it is ours, which has the colour.</param>
internal sealed record Bar(string Label, double Value, string Text, bool IsOurs);
