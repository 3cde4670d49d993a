using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Batches;

/// <summary>Renews the leases of a batch from when they are granted until their owners are informed of the
/// result.</summary>
/// <remarks>The first lease may be granted long before the last, and before the fallback runs. Thread-safe.</remarks>
internal sealed class BatchLeases(ReadServices services, BatchOwners owners)
{
    private readonly Dictionary<string, Guid> _held = [];
    private bool _isRenewing;
    private volatile bool _hasEnded;

    /// <summary>Called when a lease was granted.</summary>
    public void Add(string key, Guid lease)
    {
        lock (_held)
        {
            _held[key] = lease;
            if (!_isRenewing)
            {
                _isRenewing = true;
                _ = RenewAsync();
            }
        }
    }

    /// <summary>Called when the result is being sent to the owner of a key.</summary>
    public void Remove(string key)
    {
        lock (_held)
        {
            _held.Remove(key);
        }
    }

    /// <summary>Stops all renewals.</summary>
    public void End() => _hasEnded = true;

    private async Task RenewAsync()
    {
        try
        {
            while (!_hasEnded)
            {
                await Task.Delay(ReadTimes.Renewal, services.Time, services.Stopping).ConfigureAwait(false);
                await BatchOwners.ForEachAsync(
                    Snapshot().Chunk(BatchOwners.MaxKeys),
                    chunk => owners.RenewAsync(
                        [.. chunk.Select(lease => lease.Key)], [.. chunk.Select(lease => lease.Value)]).AsTask())
                    .ConfigureAwait(false);
            }
        }
        // Leases that cannot be renewed expire, which is harmless.
        catch (Exception)
        {
        }
    }

    private KeyValuePair<string, Guid>[] Snapshot()
    {
        lock (_held)
        {
            return [.. _held];
        }
    }
}
