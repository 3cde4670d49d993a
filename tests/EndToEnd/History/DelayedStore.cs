using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.History;

/// <summary>A real store that at random, by a seed, is slow, fails, or reports a failure after it has
/// written.</summary>
/// <remarks>The queue of the silo that made a failed write tries it again, possibly after its entry has moved: this is
/// how an old owner's write arrives after a newer owner's write.</remarks>
internal sealed class DelayedStore(IBackingStore store, int seed) : IBackingStore
{
    private static readonly StoreFailure Failure = new(StoreFailureKind.Timeout, new TimeoutException("on purpose"));

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public async ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken)
    {
        await DelayAsync();
        var result = await store.ReadAsync(key, cancellationToken);
        await DelayAsync();
        return Next(50) == 0 ? StoreReadResult.Failed(Failure) : result;
    }

    public async ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        await DelayAsync();
        var fate = Next(50);
        var results = fate == 0 ? [] : await store.WriteAsync(writes, cancellationToken);
        await DelayAsync();
        return fate > 1 ? results : [.. writes.Select(_ => StoreWriteResult.Failed(Failure))];
    }

    public ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken) =>
        store.ProbeAsync(cancellationToken);

    private Task DelayAsync() => Latency.OfAsync(Next(10) switch { < 6 => 0, < 9 => Next(5), _ => Next(60) });

    private int Next(int max)
    {
        lock (_lock)
        {
            return _random.Next(max);
        }
    }
}
