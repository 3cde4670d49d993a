namespace CacheOrleans.Storage;

/// <summary>The silo's write-behind queue of writes to the backing store.</summary>
/// <remarks>Thread-safe. The queue is bounded; the newest write of a key replaces an older one that still waits.
/// </remarks>
public interface IWriteBehind
{
    /// <summary>Adds a write to the queue and returns at once.</summary>
    /// <remarks>This never throws: a write for which the queue has no room, or that is added after the queue has
    /// stopped, results in <see cref="StoreWriteStatus.Dropped"/>. A tombstone always finds room while the queue
    /// runs.</remarks>
    PendingWrite Enqueue(StoreWrite write);
}
