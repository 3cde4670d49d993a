namespace CacheOrleans.Bench.Harness;

/// <summary>One side of a comparison: runs an operation a number of times, and checks its results.</summary>
/// <param name="Name">The name in the table; contenders with the same name are the same.</param>
/// <param name="RunAsync">Runs the operation that many times; throws if a value is not the stored one.</param>
internal sealed record Contender(string Name, Func<int, Task> RunAsync)
{
    /// <summary>Prepares that many operations, outside the measured time; null if there is nothing to
    /// prepare.</summary>
    public Func<int, Task>? PrepareAsync { get; init; }

    /// <summary>Waits, outside the measured time, until nothing of a round is left that would disturb the next; null
    /// if nothing is left.</summary>
    public Func<Task>? SettleAsync { get; init; }

    /// <summary>Returns a contender whose operations are divided among callers, each with one operation at a
    /// time.</summary>
    /// <param name="name">The name in the table.</param>
    /// <param name="atOnce">How many callers there are.</param>
    /// <param name="operation">Runs the operation with the given number.</param>
    public static Contender Of(string name, int atOnce, Func<int, Task> operation) => new(
        name,
        operations => Task.WhenAll(Enumerable.Range(0, atOnce).Select(async caller =>
        {
            for (var i = caller; i < operations; i += atOnce)
            {
                await operation(i);
            }
        })));
}
