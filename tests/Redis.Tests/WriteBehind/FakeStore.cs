using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>A store in memory that a test can make wait or fail.</summary>
internal sealed class FakeStore : IBackingStore
{
    private TaskCompletionSource? _block;

    public ConcurrentDictionary<string, StoreRecord> Kept { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<IReadOnlyList<StoreWrite>> Batches { get; } = new();

    /// <summary>Returns the kind of failure for a write, or null if the write succeeds.</summary>
    public Func<StoreWrite, StoreFailureKind?> Fails { get; set; } = _ => null;

    public Exception? Throws { get; set; }

    public void Block() => _block = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Unblock() => Interlocked.Exchange(ref _block, null)?.SetResult();

    public ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken) =>
        new(Kept.TryGetValue(key.Text, out var record) ? StoreReadResult.Found(record) : StoreReadResult.Missing);

    public async ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        Batches.Enqueue(writes);
        if (Throws is { } exception)
        {
            throw exception;
        }

        await (_block?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return [.. writes.Select(Write)];
    }

    public ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken) => default;

    private StoreWriteResult Write(StoreWrite write)
    {
        if (Fails(write) is { } kind)
        {
            return StoreWriteResult.Failed(new(kind, new InvalidOperationException("made to fail")));
        }

        if (Kept.TryGetValue(write.Key.Text, out var stored) && stored != write.Record
            && stored.Stamp >= write.Record.Stamp)
        {
            return StoreWriteResult.Superseded(stored.Stamp);
        }

        Kept[write.Key.Text] = write.Record;
        return StoreWriteResult.Applied;
    }
}
