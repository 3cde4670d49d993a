using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tests;

/// <summary>An in-memory backing store that follows the stamp rule and can be made to fail.</summary>
internal sealed class FakeStore : IBackingStore
{
    private readonly ConcurrentDictionary<string, StoreRecord> _records = new();
    private int _reads;
    private int _writes;
    private int _probes;

    /// <summary>The number of reads of entries; reads of tags are not counted.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public int Writes => Volatile.Read(ref _writes);

    public int Probes => Volatile.Read(ref _probes);

    public StoreFailure? ReadFailure { get; set; }

    public StoreFailure? WriteFailure { get; set; }

    /// <summary>Whether its bytes are unreadable.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>Reads wait for this task.</summary>
    public Task ReadGate { get; set; } = Task.CompletedTask;

    /// <summary>Probes wait for this task.</summary>
    public Task ProbeGate { get; set; } = Task.CompletedTask;

    public StoreRecord? this[string key] => _records.GetValueOrDefault(key);

    public void Put(string key, StoreRecord record) => _records[key] = record;

    public void Remove(string key) => _records.TryRemove(key, out _);

    public async ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken)
    {
        if (!key.Cache.StartsWith('@'))
        {
            Interlocked.Increment(ref _reads);
        }

        await ReadGate.WaitAsync(cancellationToken);
        return ReadFailure is { } failure ? StoreReadResult.Failed(failure)
            : IsUnreadable ? StoreReadResult.Unreadable("It is damaged.")
            : _records.TryGetValue(key.Text, out var record) ? StoreReadResult.Found(record)
            : StoreReadResult.Missing;
    }

    public ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken) =>
        new([.. writes.Select(Write)]);

    public async ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _probes);
        await ProbeGate.WaitAsync(cancellationToken);
        return ReadFailure ?? WriteFailure;
    }

    private StoreWriteResult Write(StoreWrite write)
    {
        Interlocked.Increment(ref _writes);
        if (WriteFailure is { } failure)
        {
            return StoreWriteResult.Failed(failure);
        }

        var standing = _records.AddOrUpdate(
            write.Key.Text, write.Record, (_, old) => old.Stamp < write.Record.Stamp ? write.Record : old);
        return standing.IsSameAs(write.Record) ? StoreWriteResult.Applied : StoreWriteResult.Superseded(standing.Stamp);
    }
}
