namespace CacheOrleans.Bench.Report;

/// <summary>A bar of a chart.</summary>
/// <param name="Label">The label of the bar.</param>
/// <param name="Value">The value that decides the length.</param>
/// <param name="Text">The value as text.</param>
/// <param name="IsOurs">Whether the bar is ours; our bars have the accent color.</param>
internal sealed record Bar(string Label, double Value, string Text, bool IsOurs);
