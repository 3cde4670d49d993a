using CacheOrleans.Storage;

namespace CacheOrleans.Bench.Breaker;

/// <summary>An empty store, and a queue that writes nothing, so that only the breaker is measured.</summary>
internal sealed class NoStore : IBackingStore, IWriteBehind
{
    public ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken) =>
        new(StoreReadResult.Missing);

    public ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken) =>
        new([.. writes.Select(_ => StoreWriteResult.Applied)]);

    public ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken) => default;

    public PendingWrite Enqueue(StoreWrite write)
    {
        var applied = Task.FromResult(StoreWriteResult.Applied);
        return new PendingWrite(applied, applied);
    }
}
