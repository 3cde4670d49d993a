namespace CacheOrleans;

/// <summary>Passes the calls of a client on many entries to their owners, so that the client sends one message; its grain
/// key is zero.</summary>
/// <remarks>Each answer is in the place of its question. What would be thrown for one entry is in its place too, as
/// <see cref="EntryResult.Error"/>.</remarks>
[Alias("CacheOrleans.ICacheBatchGrain")]
public interface ICacheBatchGrain : IGrainWithIntegerKey
{
    /// <summary><see cref="ICacheEntryGrain.GetOrLeaseAsync"/> of each key.</summary>
    [Alias("GetOrLeaseAsync")]
    Task<EntryResult[]> GetOrLeaseAsync(string[] keys, EntryRequest request);

    /// <summary><see cref="ICacheEntryGrain.RenewAsync"/> of each lease.</summary>
    /// <returns>Whether each is still held.</returns>
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
