using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Probes the store when the breaker permits it.</summary>
internal sealed class BreakerProbe(IBackingStore store, TimeProvider time, BreakerDiagnostics diagnostics)
{
    /// <summary>Makes one probe before the permit expires.</summary>
    /// <returns>Whether the store is healthy.</returns>
    public async Task<bool> TryAsync(BreakerPermit permit, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(permit.TimeLeft, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        var isSuccess = false;
        try
        {
            isSuccess = await store.ProbeAsync(either.Token).AsTask().WaitAsync(either.Token) is null;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The permit has expired, or the store violates its contract by throwing. Neither is a success.
        }

        diagnostics.OnProbed(isSuccess);
        return isSuccess;
    }
}
