using Polly;

namespace CacheOrleans.Slack.Delivery;

/// <summary>What became of the attempts to post one message.</summary>
/// <remarks>One attempt is made at a time.</remarks>
internal sealed class SlackAttempts(Guid message)
{
    /// <summary>Where an attempt's context has it.</summary>
    public static readonly ResiliencePropertyKey<SlackAttempts> Key = new("CacheOrleans.Slack.Attempts");

    private string? _lastReason;

    public Guid Message { get; } = message;

    /// <summary>How many have failed.</summary>
    public int Failed { get; private set; }

    public void OnFailed(string reason)
    {
        Failed++;
        _lastReason = reason;
    }

    public override string ToString() => _lastReason is null
        ? "Slack gave no answer."
        : $"Slack did not take the message, {Failed} attempts failed; the last one: {_lastReason}";
}
