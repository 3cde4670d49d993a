namespace CacheOrleans.Bench.Harness;

/// <summary>What one side of a comparison took.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Nanoseconds">The median of the rounds, for one operation.</param>
/// <param name="Bytes">What one operation allocated in this process.</param>
internal sealed record Measurement(string Name, double Nanoseconds, double Bytes);
