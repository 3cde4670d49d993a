namespace CacheOrleans.Storage;

/// <summary>A write that was handed over, and what becomes of it.</summary>
/// <param name="Attempted">Ends when the store was first tried, or at once when it is not to be tried now
/// (<see cref="StoreWriteStatus.Held"/>): what a caller who wants an acknowledgement waits for.</param>
/// <param name="Settled">Ends when the write is applied, superseded or given up, however long that takes.</param>
/// <remarks>Neither task faults. When a newer write of the key takes the place of one that waits, both share the
/// newer one's result.</remarks>
public sealed record PendingWrite(Task<StoreWriteResult> Attempted, Task<StoreWriteResult> Settled);
