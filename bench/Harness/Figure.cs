namespace CacheOrleans.Bench.Harness;

/// <summary>The measured value of one side, in the unit of its row.</summary>
/// <param name="Name">The name of the side.</param>
/// <param name="Value">The figure.</param>
/// <param name="Bytes">The bytes that one operation allocated in its process; null if not measured.</param>
internal sealed record Figure(string Name, double Value, double? Bytes = null);
