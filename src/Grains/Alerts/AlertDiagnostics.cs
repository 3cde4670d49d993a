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

    /// <summary>Why a channel did not deliver, without secrets.</summary>
    public string Reason(Exception failure)
    {
        string reason;
        try
        {
            reason = failure is AlertDeliveryException
                ? failure.Message
                : $"{failure.GetType().FullName}: {failure.Message}"; // not foreseen, so it may say anything
        }
        catch (Exception) // whatever an exception's own text throws
        {
            reason = $"{failure.GetType().FullName}";
        }

        return TextCut.At(redactor.Redact(reason), LongestReason);
    }

    /// <summary>A channel has delivered a message, or given it up.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="notice">The message.</param>
    /// <param name="why">Why it was given up; null: it was delivered.</param>
    public void OnEnded(string channel, AlertNotice notice, string? why)
    {
        if (why is not null)
        {
            logger.AlertGivenUp(channel, notice.Kind, notice.Key.Name, notice.Id, why);
        }

        metrics.OnDelivery(channel, isDelivered: why is null);
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
