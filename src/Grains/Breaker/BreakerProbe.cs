using CacheOrleans.Breaker;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Tries the store when the breaker gives leave to.</summary>
internal sealed class BreakerProbe(IBackingStore store, TimeProvider time, BreakerDiagnostics diagnostics)
{
    /// <summary>Makes one probe, within the permit's life.</summary>
    /// <returns>Whether the store is well.</returns>
    public async Task<bool> TryAsync(BreakerPermit permit, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(permit.TimeLeft, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        var isWell = false;
        try
        {
            isWell = await store.ProbeAsync(either.Token).AsTask().WaitAsync(either.Token) is null;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Out of time; and whatever else a store throws against its contract is no success either.
        }

        diagnostics.OnProbed(isWell);
        return isWell;
    }
}
