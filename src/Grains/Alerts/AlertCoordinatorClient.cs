using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Reports to the coordinator of alerts, which has 100 milliseconds to answer.</summary>
/// <remarks>The first report has the call's own second: it may be what brings the coordinator to life. Its owner
/// serialises access.</remarks>
internal sealed class AlertCoordinatorClient(IGrainFactory grains, TimeProvider time, AlertDiagnostics diagnostics)
{
    private TimeSpan _answerTimeout = Timeout.InfiniteTimeSpan;

    /// <returns>The answer; null when there was none in time, for whatever reason.</returns>
    public async Task<AlertAnswer?> ReportAsync(AlertReport report, CancellationToken cancellationToken)
    {
        try
        {
            var coordinator = grains.GetGrain<IAlertCoordinator>(IAlertThrottleGrain.Key);
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
            _answerTimeout = SiloAlerts.AnswerTimeout;
        }
    }
}
