using CacheOrleans.Alerts;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Grains.Coordination;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Reports this silo's failures to the coordinator, and applies its answers.</summary>
/// <remarks>Failures are described in words here, so that the failing operations do not wait for that. Its owner
/// serializes access.</remarks>
internal sealed class AlertExchange(
    AlertReplica replica,
    FailureText text,
    CoordinatorClient<AlertReport, AlertAnswer> coordinator,
    IBreakerView breaker)
{
    /// <summary>Sends one report, and waits for the answer.</summary>
    /// <returns>The messages that this silo must deliver itself, because the coordinator does not respond.</returns>
    public async Task<IReadOnlyList<AlertNotice>> ReportAsync(CancellationToken cancellationToken)
    {
        foreach (var evidence in replica.Undescribed)
        {
            replica.Describe(evidence.Key, text.Describe(evidence));
        }

        var report = replica.Report(breaker.View);
        var answer = await coordinator.ReportAsync(report, cancellationToken);
        if (answer is null)
        {
            return replica.OnNoAnswer(report);
        }

        replica.OnAnswer(answer);
        return [];
    }
}
