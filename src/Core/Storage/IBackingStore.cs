namespace CacheOrleans.Storage;

/// <summary>The store in front of the fallback. Failures are returned as results; only cancellation is thrown.
/// </summary>
/// <remarks>Thread-safe. Every call ends within the store's own time limit. A record that breaks
/// <see cref="RecordRules"/> is unreadable, and a record whose stamp is above <see cref="Stamp.Ceiling"/> is
/// overwritten by any other record.</remarks>
public interface IBackingStore
{
    /// <summary>Reads the record stored under a key.</summary>
    ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken);

    /// <summary>Writes a batch, in one round trip where possible. Each record is written only if its stamp is above the
    /// stamp stored under its key.</summary>
    /// <param name="writes">The writes; at most one for each key.</param>
    /// <param name="cancellationToken">Stops waiting; writes that were sent may still be applied.</param>
    /// <returns>A result for each write, in the same order. Writing the stored record again results in
    /// <see cref="StoreWriteStatus.Applied"/>; writing a different record with the same stamp results in
    /// <see cref="StoreWriteStatus.Superseded"/>.</returns>
    ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken);

    /// <summary>Probes whether the store is healthy, using a read and then a small write that expires soon.</summary>
    /// <remarks>A probe does not touch the entries. It includes a write because a store that is out of memory still
    /// answers reads.</remarks>
    /// <returns>The failure; null if both succeeded, or failed in a way that does not count against the store's health.
    /// </returns>
    ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken);
}
