using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Batches;

/// <summary>The leases of a batch, renewed from when they are given until their owners are told how it ended.</summary>
/// <remarks>The first may be given long before the last, and before the fallback runs. Thread-safe.</remarks>
internal sealed class BatchLeases(ReadServices services, BatchOwners owners)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, Guid> _held = [];
    private bool _isRenewing;
    private volatile bool _hasEnded;

    /// <summary>A lease was given.</summary>
    public void Hold(string key, Guid lease)
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

    /// <summary>The owner of a key is being told how it ended.</summary>
    public void Release(string key)
    {
        lock (_held)
        {
            _held.Remove(key);
        }
    }

    /// <summary>Nothing is renewed any more.</summary>
    public void End() => _hasEnded = true;

    private async Task RenewAsync()
    {
        try
        {
            while (!_hasEnded)
            {
                await Task.Delay(Renewal, services.Time, services.Stopping).ConfigureAwait(false);
                await BatchOwners.ForEachAsync(
                    Snapshot().Chunk(BatchOwners.MaxKeys),
                    chunk => owners.RenewAsync(
                        [.. chunk.Select(lease => lease.Key)], [.. chunk.Select(lease => lease.Value)]).AsTask())
                    .ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Leases that cannot be renewed end, which harms nobody.
        catch (Exception)
#pragma warning restore CA1031
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
