namespace CacheOrleans.Storage;

/// <summary>The silo's queue of writes to the backing store.</summary>
/// <remarks>Thread-safe. Bounded; the newest operation of a key takes the place of one that still waits.</remarks>
public interface IWriteBehind
{
    /// <summary>Hands over a write and returns at once.</summary>
    /// <remarks>Nothing is thrown: a write that finds no room, or comes after the queue has stopped, is answered
    /// <see cref="StoreWriteStatus.Dropped"/>. A tombstone always finds room while the queue runs.</remarks>
    PendingWrite Enqueue(StoreWrite write);
}
