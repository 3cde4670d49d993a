using Polly;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Tracks the failed attempts to post one message.</summary>
/// <remarks>Not thread-safe: attempts are made one at a time.</remarks>
internal sealed class SlackAttempts(Guid message)
{
    /// <summary>The key of this object in an attempt's context.</summary>
    public static readonly ResiliencePropertyKey<SlackAttempts> Key = new("CacheOrleans.Slack.Attempts");

    private string? _lastReason;

    public Guid Message { get; } = message;

    /// <summary>How many attempts have failed.</summary>
    public int Failed { get; private set; }

    public void OnFailed(string reason)
    {
        Failed++;
        _lastReason = reason;
    }

    public override string ToString() => _lastReason is null
        ? "Slack did not respond."
        : $"Slack did not accept the message; {Failed} attempts failed, the last one with: {_lastReason}";
}
