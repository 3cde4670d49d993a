using CacheOrleans.Alerts;
using CacheOrleans.Grains.Entries;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Counts and logs what becomes of alerts on this silo.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AlertDiagnostics(AlertMetrics metrics, Redactor redactor, ILogger<AlertDiagnostics> logger)
{
    private const int LongestReason = 500;

    private readonly Latch _silent = new();

    /// <summary>A message is to be sent.</summary>
    public void OnDecided(AlertNotice notice) => metrics.OnMessage(notice.Kind);

    /// <summary>Nobody is told of a key, for there is no room.</summary>
    public void OnRefused(AlertKey key)
    {
        metrics.OnRefused();
        logger.AlertRefused(key.Name);
    }

    public void OnDelivered(string channel) => metrics.OnDelivery(channel, isDelivered: true);

    /// <summary>A channel gave a message up.</summary>
    /// <returns>Why, without secrets.</returns>
    public string OnGivenUp(string channel, AlertNotice notice, Exception exception)
    {
        metrics.OnDelivery(channel, isDelivered: false);
        var reason = exception is AlertDeliveryException
            ? exception.Message
            : $"{exception.GetType().FullName}: {exception.Message}"; // not foreseen, so it may say anything
        reason = TextCut.At(redactor.Redact(reason), LongestReason);
        logger.AlertGivenUp(channel, notice.Kind, notice.Key.Name, notice.Id, reason);
        return reason;
    }

    public void OnAnswered()
    {
        metrics.OnReport(isAnswered: true);
        if (_silent.Turn(false))
        {
            logger.AlertCoordinatorAnswers();
        }
    }

    public void OnSilent(Exception why)
    {
        metrics.OnReport(isAnswered: false);
        if (_silent.Turn(true))
        {
            logger.AlertCoordinatorSilent(why);
        }
    }

    public void OnError(Exception error) => logger.AlertReportFailed(error);

    public void ObserveUndelivered(Func<IEnumerable<(string Channel, int Count)>> counts) =>
        metrics.ObserveUndelivered(counts);
}
