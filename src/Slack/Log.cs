using Microsoft.Extensions.Logging;

namespace CacheOrleans.Slack;

/// <summary>Everything this project logs; event ids 6000 to 6999.</summary>
/// <remarks>An abandoned message is logged by the code that requested its delivery.</remarks>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Warning,
        "Slack did not accept the alert {Message}: {Reason}. It is retried until its deadline.")]
    public static partial void Retrying(ILogger logger, Guid message, string reason);

    [LoggerMessage(6001, LogLevel.Debug,
        "Attempt {Attempt} to post the alert {Message} to Slack failed: {Reason}. The next attempt is in {Delay}.")]
    public static partial void AttemptFailed(ILogger logger, int attempt, Guid message, string reason, TimeSpan delay);

    [LoggerMessage(6002, LogLevel.Information, "Slack accepted the alert {Message} after {Failed} failed attempts.")]
    public static partial void Delivered(ILogger logger, Guid message, int failed);

    [LoggerMessage(6003, LogLevel.Warning,
        "Slack asked for a pause. No alert is posted to it before {Until:u}. A pause lasts at most {Longest}.")]
    public static partial void Paused(ILogger logger, DateTimeOffset until, TimeSpan longest);
}
