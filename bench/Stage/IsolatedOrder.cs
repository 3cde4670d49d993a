namespace CacheOrleans.Bench.Stage;

/// <summary>Which experiment a process runs.</summary>
internal sealed record IsolatedOrder(string Group, BenchSettings Settings);
