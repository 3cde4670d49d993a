using CacheOrleans.Client.Connection;

namespace CacheOrleans.Client.Reads;

/// <summary>Renews the lease that a fallback runs under, and reports to its owner how the fallback ended.</summary>
internal sealed class LeaseRun(ReadServices services, string key, Guid lease)
{
    /// <summary>Renews the lease, unless it has passed to another caller.</summary>
    /// <returns>Whether the owner replied that later callers must not share the load.</returns>
    public async Task<bool> RenewAsync()
    {
        try
        {
            var answer = await services.Owners.RenewAsync(key, lease).ConfigureAwait(false);
            return answer is { IsAnswered: true, Answer: false };
        }
        // An owner that cannot reply, because it does not know the cache yet, has no such lease.
        catch (Exception)
        {
            return true;
        }
    }

    /// <summary>Sends the loaded value to the owner.</summary>
    public async Task<CallResult<LeaseOutcome>> CompleteAsync(
        byte[]? value, TimeSpan? timeToLive, string[]? tags, CacheLife? life)
    {
        try
        {
            return await services.Owners.CompleteAsync(key, new(lease, value, timeToLive, tags, life))
                .ConfigureAwait(false);
        }
        // The caller has the value; a value that the owner cannot accept is not cached.
        catch (Exception)
        {
            return new(IsAnswered: true, new(IsKept: false, Stamp: 0, TimeSpan.Zero));
        }
    }

    /// <summary>Reports that the lease has ended, and gives no value to other processes.</summary>
    public async Task FailAsync<T>(LeaseEnd end, Exception? error = null)
    {
        try
        {
            await services.Owners.FailAsync(key, LeaseErrors.Pack<T>(lease, end, error)).ConfigureAwait(false);
        }
        // The caller has its error; the lease expires.
        catch (Exception)
        {
        }
    }
}
