using CacheOrleans.Storage;

namespace CacheOrleans.EndToEnd.History;

/// <summary>A real store whose reads and writes come late, by seeded chance.</summary>
internal sealed class DelayedStore(IBackingStore store, int seed) : IBackingStore
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public async ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken)
    {
        await DelayAsync();
        var result = await store.ReadAsync(key, cancellationToken);
        await DelayAsync();
        return result;
    }

    public async ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        await DelayAsync();
        var results = await store.WriteAsync(writes, cancellationToken);
        await DelayAsync();
        return results;
    }

    private Task DelayAsync()
    {
        int milliseconds;
        lock (_lock)
        {
            milliseconds = _random.Next(10) switch { < 6 => 0, < 9 => _random.Next(5), _ => _random.Next(60) };
        }

        return Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, CancellationToken.None);
    }
}
