using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Reports to the coordinator, which has 100 milliseconds to answer.</summary>
internal sealed class BreakerCoordinatorClient(
    IGrainFactory grains, TimeProvider time, BreakerDiagnostics diagnostics)
{
    /// <returns>The answer; null when there was none in time, for whatever reason.</returns>
    public async Task<BreakerAnswer?> ReportAsync(BreakerReport report, CancellationToken cancellationToken)
    {
        try
        {
            var coordinator = grains.GetGrain<IBreakerCoordinator>(ICircuitBreakerGrain.Redis);
            var answer = await coordinator.ReportAsync(report)
                .WaitAsync(SiloBreaker.Patience, time, cancellationToken);
            diagnostics.OnAnswered();
            return answer;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested) // no answer, whatever the reason
        {
            diagnostics.OnSilent(exception);
            return null;
        }
    }
}
