using CacheOrleans.Entries;

namespace CacheOrleans;

/// <summary>Passes a client's calls on many entries to their owners, so that the client sends only one message; its
/// grain key is zero.</summary>
/// <remarks>Each result has the same index as its key. An exception that concerns one entry is not thrown, but returned
/// at the entry's index as <see cref="EntryResult.Error"/>; so is a <see cref="TimeoutException"/> if the owner has not
/// responded within half a second. Every method throws <see cref="ArgumentException"/> for more than
/// <see cref="MaxKeys"/> keys.</remarks>
[Alias("CacheOrleans.ICacheBatchGrain")]
public interface ICacheBatchGrain : IGrainWithIntegerKey
{
    /// <summary>The maximum number of keys in a batch.</summary>
    const int MaxKeys = 1000;

    /// <summary>The approximate maximum size, in bytes, of the values in a reply.</summary>
    const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Calls <see cref="ICacheEntryGrain.GetOrLeaseAsync"/> for each key.</summary>
    /// <remarks>The calls wait at most until <see cref="EntryRequest.MaxWait"/> has passed since the batch began.
    /// Entries that do not fit into the reply are <see cref="EntryStatus.Pending"/>, and the client has to ask for them
    /// again.</remarks>
    [Alias("GetOrLeaseAsync")]
    Task<EntryResult[]> GetOrLeaseAsync(string[] keys, EntryRequest request);

    /// <summary>Calls <see cref="ICacheEntryGrain.RenewAsync"/> for each lease.</summary>
    /// <returns>For each lease, whether later callers may share its value.</returns>
    [Alias("RenewAsync")]
    Task<bool[]> RenewAsync(string[] keys, Guid[] leases);

    /// <summary>Calls <see cref="ICacheEntryGrain.CompleteAsync"/> for each lease.</summary>
    /// <returns>The outcome of each lease; null for a lease whose owner could not be reached.</returns>
    [Alias("CompleteAsync")]
    Task<LeaseOutcome?[]> CompleteAsync(string[] keys, LeaseCompletion[] completions);

    /// <summary>Calls <see cref="ICacheEntryGrain.FailAsync"/> for each lease.</summary>
    [Alias("FailAsync")]
    Task FailAsync(string[] keys, LeaseFailure[] failures);

    /// <summary>Calls <see cref="ICacheEntryGrain.CheckAsync"/> for each stamp.</summary>
    /// <returns>For each stamp, what its owner knows; <see cref="StampState.Unknown"/> if the owner could not be
    /// reached.</returns>
    [Alias("CheckAsync")]
    Task<StampCheck[]> CheckAsync(string[] keys, long[] stamps);
}
