namespace CacheOrleans.Bench.Harness;

/// <summary>One side of a comparison: runs an operation so many times, and checks what it gives.</summary>
/// <param name="Name">What is shown; two contenders of one name are one.</param>
/// <param name="RunAsync">Runs it that many times; it throws when a value is not the one that was stored.</param>
internal sealed record Contender(string Name, Func<int, Task> RunAsync)
{
    /// <summary>What is made ready before so many operations, off the clock; null: nothing.</summary>
    public Func<int, Task>? PrepareAsync { get; init; }

    /// <summary>Waits, off the clock, until nothing of a round is left that would disturb the next; null: nothing is.
    /// </summary>
    public Func<Task>? SettleAsync { get; init; }

    /// <summary>One whose operations are shared out among callers that each wait for one at a time.</summary>
    /// <param name="name">What is shown.</param>
    /// <param name="atOnce">How many callers there are.</param>
    /// <param name="operation">One operation, given its number.</param>
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
