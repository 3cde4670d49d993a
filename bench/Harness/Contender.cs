namespace CacheOrleans.Bench.Harness;

/// <summary>One side of a comparison: runs an operation so many times, and checks what it gives.</summary>
/// <param name="Name">What is shown.</param>
/// <param name="RunAsync">Runs it that many times; it throws when a value is not the one that was stored.</param>
internal sealed record Contender(string Name, Func<int, Task> RunAsync);
