namespace CacheOrleans.Bench.Harness;

/// <summary>What was measured of one side, in the unit of its row.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Value">The figure.</param>
/// <param name="Bytes">What one operation allocated in its process; null: not asked.</param>
internal sealed record Figure(string Name, double Value, double? Bytes = null);
