using Microsoft.Extensions.Logging;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Logs failed attempts, and messages that were posted after one.</summary>
internal sealed class SlackDiagnostics(ILogger<SlackChannel> logger)
{
    /// <summary>Records that an attempt failed and another follows.</summary>
    public void OnFailed(SlackAttempts attempts, string reason, TimeSpan delay)
    {
        Log.AttemptFailed(logger, attempts.Failed, attempts.Message, reason, delay);
        if (attempts.Failed == 1)
        {
            Log.Retrying(logger, attempts.Message, reason);
        }
    }

    /// <summary>Records that a message was posted.</summary>
    public void OnDelivered(SlackAttempts attempts)
    {
        if (attempts.Failed > 0)
        {
            Log.Delivered(logger, attempts.Message, attempts.Failed);
        }
    }
}
