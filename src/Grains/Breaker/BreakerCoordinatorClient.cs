using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Reports to the coordinator, which has 100 milliseconds to answer.</summary>
/// <remarks>The first report has the call's own second: it may be what brings the coordinator to life. Its owner
/// serialises access.</remarks>
internal sealed class BreakerCoordinatorClient(
    IGrainFactory grains, TimeProvider time, BreakerDiagnostics diagnostics)
{
    private TimeSpan _answerTimeout = Timeout.InfiniteTimeSpan;

    /// <returns>The answer; null when there was none in time, for whatever reason.</returns>
    public async Task<BreakerAnswer?> ReportAsync(BreakerReport report, CancellationToken cancellationToken)
    {
        try
        {
            var coordinator = grains.GetGrain<IBreakerCoordinator>(ICircuitBreakerGrain.Redis);
            var call = coordinator.ReportAsync(report);
            call.Ignore(); // it may fail long after nobody waits for it
            var answer = await call.WaitAsync(_answerTimeout, time, cancellationToken);
            diagnostics.OnAnswered();
            return answer;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested) // no answer, whatever the reason
        {
            diagnostics.OnSilent(exception);
            return null;
        }
        finally
        {
            _answerTimeout = SiloBreaker.AnswerTimeout;
        }
    }
}
