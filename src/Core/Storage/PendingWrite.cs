namespace CacheOrleans.Storage;

/// <summary>The results of a write that was added to the queue.</summary>
/// <param name="Attempted">Completes after the first attempt to write to the store, or at once if no attempt can be
/// made now (<see cref="StoreWriteStatus.Deferred"/>). A caller that needs an acknowledgement waits for this task.
/// </param>
/// <param name="Settled">Completes when the write is applied, superseded or dropped, however long that takes.</param>
/// <remarks>Neither task faults. When a newer write of the key replaces one that waits, both share the newer one's
/// result.</remarks>
public sealed record PendingWrite(Task<StoreWriteResult> Attempted, Task<StoreWriteResult> Settled);
