using CacheOrleans.Storage;

namespace CacheOrleans.Bench.Alerts;

/// <summary>A store that fails every read at once, so that every read runs the fallback and raises an alert.</summary>
internal sealed class FailingStore : IBackingStore, IWriteBehind
{
    private static readonly StoreFailure Failure = new(StoreFailureKind.Connection, new IOException("No connection."));

    public ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken) =>
        new(StoreReadResult.Failed(Failure));

    public ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken) =>
        new([.. writes.Select(_ => StoreWriteResult.Failed(Failure))]);

    public ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken) => new(Failure);

    public PendingWrite Enqueue(StoreWrite write)
    {
        var applied = Task.FromResult(StoreWriteResult.Applied);
        return new PendingWrite(applied, applied);
    }
}
