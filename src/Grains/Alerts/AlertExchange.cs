using CacheOrleans.Alerts;
using CacheOrleans.Grains.Breaker;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Tells the coordinator what failed on this silo, and takes in what it answers.</summary>
/// <remarks>Failures are put into words here, off the path of what failed. Its owner serialises access.</remarks>
internal sealed class AlertExchange(
    AlertReplica replica, FailureText text, AlertCoordinatorClient coordinator, IBreakerView breaker)
{
    /// <summary>Makes one report, and waits for the answer.</summary>
    /// <returns>What this silo is to deliver by itself, for the coordinator has been silent.</returns>
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
