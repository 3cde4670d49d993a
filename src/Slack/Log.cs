using Microsoft.Extensions.Logging;

namespace CacheOrleans.Slack;

/// <summary>Everything this project logs; event ids 6000 to 6999.</summary>
/// <remarks>A message that is given up is logged by who had it delivered.</remarks>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Warning,
        "Slack did not take the alert {Message}: {Reason}. It is tried again until its deadline.")]
    public static partial void Retrying(ILogger logger, Guid message, string reason);

    [LoggerMessage(6001, LogLevel.Debug,
        "Attempt {Attempt} to post the alert {Message} to Slack failed: {Reason}. The next is in {Delay}.")]
    public static partial void AttemptFailed(ILogger logger, int attempt, Guid message, string reason, TimeSpan delay);

    [LoggerMessage(6002, LogLevel.Information, "Slack took the alert {Message}, after {Failed} failed attempts.")]
    public static partial void Delivered(ILogger logger, Guid message, int failed);

    [LoggerMessage(6003, LogLevel.Warning,
        "Slack asked for a pause. No alert is posted to it before {Until:u}; a pause lasts {Longest} at most.")]
    public static partial void Paused(ILogger logger, DateTimeOffset until, TimeSpan longest);
}
