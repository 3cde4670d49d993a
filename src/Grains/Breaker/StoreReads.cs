using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Reads the store while the breaker allows it, and reports the results to the breaker.</summary>
internal sealed class StoreReads(IBackingStore store, IBreakerGate gate)
{
    /// <summary>Reads what is stored under a key.</summary>
    /// <remarks>Does not throw. The read has no caller's token, because its result serves every caller that waits for
    /// the key.</remarks>
    /// <returns>The result; null if the store is skipped.</returns>
    public async Task<StoreReadResult?> TryReadAsync(StoreKey key)
    {
        if (!gate.TryEnter(out var pass))
        {
            return null;
        }

        var read = await store.ReadAsync(key, CancellationToken.None);
        if (read.Failure is { } failure)
        {
            gate.OnFailure(pass, StoreOperation.Read, key.Cache, failure);
        }
        else
        {
            gate.OnSuccess(pass, StoreOperation.Read);
        }

        return read;
    }
}
