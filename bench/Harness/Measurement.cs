namespace CacheOrleans.Bench.Harness;

/// <summary>The measured cost of one side of a comparison.</summary>
/// <param name="Name">The name of the contender.</param>
/// <param name="Nanoseconds">The time of one operation, the median of the rounds.</param>
/// <param name="Bytes">The bytes that one operation allocated in this process.</param>
internal sealed record Measurement(string Name, double Nanoseconds, double Bytes);
