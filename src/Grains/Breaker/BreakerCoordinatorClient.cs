using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Sends reports to the coordinator, which has 100 milliseconds to answer.</summary>
/// <remarks>Only the call's own timeout, a second, applies to the first report, because that one may have to activate
/// the coordinator. Its owner serializes access.</remarks>
internal sealed class BreakerCoordinatorClient(
    IGrainFactory grains, TimeProvider time, BreakerDiagnostics diagnostics)
{
    private TimeSpan _answerTimeout = Timeout.InfiniteTimeSpan;

    /// <summary>Sends a report and returns the coordinator's answer.</summary>
    /// <returns>The answer; null if none came in time, whatever the reason.</returns>
    public async Task<BreakerAnswer?> ReportAsync(BreakerReport report, CancellationToken cancellationToken)
    {
        try
        {
            var coordinator = grains.GetGrain<IBreakerCoordinator>(ICircuitBreakerGrain.Redis);
            var call = coordinator.ReportAsync(report);
            call.Ignore(); // it may fail long after this method has stopped waiting for it
            var answer = await call.WaitAsync(_answerTimeout, time, cancellationToken);
            diagnostics.OnAnswered();
            return answer;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested) // any failure means no answer
        {
            diagnostics.OnNoAnswer(exception);
            return null;
        }
        finally
        {
            _answerTimeout = SiloBreaker.AnswerTimeout;
        }
    }
}
