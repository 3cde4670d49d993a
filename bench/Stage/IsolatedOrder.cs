namespace CacheOrleans.Bench.Stage;

/// <summary>The experiment that a process runs, and its settings.</summary>
internal sealed record IsolatedOrder(string Group, BenchSettings Settings);
