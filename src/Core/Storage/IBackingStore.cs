namespace CacheOrleans.Storage;

/// <summary>The store in front of the fallback. Failures are results; only cancellation is thrown.</summary>
/// <remarks>Thread-safe. Every call ends within the store's own time limit. A record that breaks
/// <see cref="RecordRules"/> is unreadable, and one whose stamp is above <see cref="Stamp.Ceiling"/> is overwritten by
/// any other.</remarks>
public interface IBackingStore
{
    /// <summary>Reads what is kept under a key.</summary>
    ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken);

    /// <summary>Writes a batch, each record only if its key holds nothing as late, in one round trip where possible.
    /// </summary>
    /// <param name="writes">The writes; at most one for a key.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent may still be applied.</param>
    /// <returns>A result for each write, in the same order. Writing the same record again is
    /// <see cref="StoreWriteStatus.Applied"/>; a different one with the same stamp is
    /// <see cref="StoreWriteStatus.Superseded"/>.</returns>
    ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken);

    /// <summary>Tries whether the store is well: a read, then a small write that expires soon.</summary>
    /// <remarks>It leaves the entries alone. A write is part of it, for a store out of memory answers reads.</remarks>
    /// <returns>What failed; null when both went well, or failed in a way that does not tell of the store's health.
    /// </returns>
    ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken);
}
