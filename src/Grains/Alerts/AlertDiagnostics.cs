using CacheOrleans.Alerts;
using CacheOrleans.Grains.Coordination;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Counts and logs the messages, deliveries and reports of alerts on this silo.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AlertDiagnostics(AlertMetrics metrics, ILogger<AlertDiagnostics> logger)
    : ICoordinatorDiagnostics
{
    /// <summary>Records that a message is to be sent.</summary>
    public void OnDecided(AlertNotice notice) => metrics.OnMessage(notice.Kind);

    /// <summary>Records that no alert is sent for a key, because <c>Alerts:MaxKeys</c> is reached.</summary>
    public void OnRefused(AlertKey key)
    {
        metrics.OnRefused();
        logger.AlertRefused(key.Name);
    }

    /// <summary>Records that a channel has delivered a message or given it up.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="notice">The message.</param>
    /// <param name="why">Why the message was given up; null if it was delivered.</param>
    public void OnEnded(string channel, AlertNotice notice, string? why)
    {
        if (why is not null)
        {
            logger.AlertGivenUp(channel, notice.Kind, notice.Key.Name, notice.Id, why);
        }

        metrics.OnDelivery(channel, isDelivered: why is null);
    }

    public void OnReport(bool isAnswered) => metrics.OnReport(isAnswered);

    public void OnUnresponsive(Exception exception) => logger.AlertCoordinatorUnresponsive(exception);

    public void OnResponsive() => logger.AlertCoordinatorAnswers();

    public void OnError(Exception error) => logger.AlertReportFailed(error);

    public void ObserveUndelivered(Func<IEnumerable<(string Channel, int Count)>> counts) =>
        metrics.ObserveUndelivered(counts);
}
