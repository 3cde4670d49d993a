namespace CacheOrleans;

/// <summary>Passes the calls of a client on many entries to their owners, so that the client sends one message; its
/// grain key is zero.</summary>
/// <remarks>Each answer is in the place of its question. What would be thrown for one entry is in its place too, as
/// <see cref="EntryResult.Error"/>; so is a <see cref="TimeoutException"/> where the owner has not answered within half
/// a second. Every method throws <see cref="ArgumentException"/> for more than <see cref="MaxKeys"/> keys.</remarks>
[Alias("CacheOrleans.ICacheBatchGrain")]
public interface ICacheBatchGrain : IGrainWithIntegerKey
{
    /// <summary>The most keys of a batch.</summary>
    const int MaxKeys = 1000;

    /// <summary>How many bytes of values an answer has at most, but for a few more.</summary>
    const int MaxBytes = 16 * 1024 * 1024;

    /// <summary><see cref="ICacheEntryGrain.GetOrLeaseAsync"/> of each key.</summary>
    /// <remarks>The calls are held until <see cref="EntryRequest.MaxWait"/> has passed since the batch began. Entries that
    /// the answer has no room for are <see cref="EntryStatus.Pending"/>, to be asked for again.</remarks>
    [Alias("GetOrLeaseAsync")]
    Task<EntryResult[]> GetOrLeaseAsync(string[] keys, EntryRequest request);

    /// <summary><see cref="ICacheEntryGrain.RenewAsync"/> of each lease.</summary>
    /// <returns>For each, whether later callers may share its value.</returns>
    [Alias("RenewAsync")]
    Task<bool[]> RenewAsync(string[] keys, Guid[] leases);

    /// <summary><see cref="ICacheEntryGrain.CompleteAsync"/> of each lease.</summary>
    /// <returns>What became of each; null for one whose owner could not be reached.</returns>
    [Alias("CompleteAsync")]
    Task<LeaseOutcome?[]> CompleteAsync(string[] keys, LeaseCompletion[] completions);

    /// <summary><see cref="ICacheEntryGrain.FailAsync"/> of each lease.</summary>
    [Alias("FailAsync")]
    Task FailAsync(string[] keys, LeaseFailure[] failures);
}
