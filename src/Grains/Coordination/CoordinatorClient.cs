using CacheOrleans.Grains.Entries;

namespace CacheOrleans.Grains.Coordination;

/// <summary>Sends this silo's reports to a coordinator, which has a limited time to answer.</summary>
/// <remarks>Only the call's own timeout applies to the first report, because that one may have to activate the
/// coordinator. Its owner serializes access.</remarks>
/// <param name="send">Calls the coordinator.</param>
/// <param name="answerTimeout">How long the coordinator may take to answer a report.</param>
/// <param name="time">The clock for that limit.</param>
/// <param name="diagnostics">Records whether the coordinator answers.</param>
internal sealed class CoordinatorClient<TReport, TAnswer>(
    Func<TReport, Task<TAnswer>> send, TimeSpan answerTimeout, TimeProvider time, ICoordinatorDiagnostics diagnostics)
    where TAnswer : class
{
    private readonly Latch _unresponsive = new();
    private TimeSpan _limit = Timeout.InfiniteTimeSpan;

    /// <summary>Sends a report and returns the coordinator's answer.</summary>
    /// <returns>The answer; null if none came in time, whatever the reason.</returns>
    public async Task<TAnswer?> ReportAsync(TReport report, CancellationToken cancellationToken)
    {
        try
        {
            var call = send(report);
            call.Ignore(); // it may fail long after this method has stopped waiting for it
            var answer = await call.WaitAsync(_limit, time, cancellationToken);
            diagnostics.OnReport(isAnswered: true);
            if (_unresponsive.Turn(false))
            {
                diagnostics.OnResponsive();
            }

            return answer;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested) // any failure means no answer
        {
            diagnostics.OnReport(isAnswered: false);
            if (_unresponsive.Turn(true))
            {
                diagnostics.OnUnresponsive(exception);
            }

            return null;
        }
        finally
        {
            _limit = answerTimeout;
        }
    }
}
