using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Sends reports to the coordinator of alerts, which has 100 milliseconds to answer.</summary>
/// <remarks>Only the call's own timeout, a second, applies to the first report, because that one may have to activate
/// the coordinator. Its owner serializes access.</remarks>
internal sealed class AlertCoordinatorClient(IGrainFactory grains, TimeProvider time, AlertDiagnostics diagnostics)
{
    private TimeSpan _answerTimeout = Timeout.InfiniteTimeSpan;

    /// <summary>Sends a report and returns the coordinator's answer.</summary>
    /// <returns>The answer; null if none came in time, whatever the reason.</returns>
    public async Task<AlertAnswer?> ReportAsync(AlertReport report, CancellationToken cancellationToken)
    {
        try
        {
            var coordinator = grains.GetGrain<IAlertCoordinator>(IAlertThrottleGrain.Key);
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
            _answerTimeout = SiloAlerts.AnswerTimeout;
        }
    }
}
