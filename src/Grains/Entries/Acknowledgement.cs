using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>Waits until the store has acknowledged a write.</summary>
internal static class Acknowledgement
{
    /// <summary>The longest wait; the store's own timeouts end nearly every wait earlier.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Waits for the first attempt of a write.</summary>
    /// <returns>The attempt's result; <see cref="StoreWriteResult.Deferred"/> if the wait ended earlier.</returns>
    public static async Task<StoreWriteResult> AcknowledgedAsync(
        this PendingWrite write, TimeProvider time, CancellationToken cancellationToken = default)
    {
        try
        {
            return await write.Attempted.WaitAsync(Limit, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return StoreWriteResult.Deferred;
        }
    }
}
