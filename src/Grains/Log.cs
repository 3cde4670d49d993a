using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains;

internal static partial class Log
{
    [LoggerMessage(
        1001,
        LogLevel.Warning,
        "The fallback of cache '{Cache}' failed; until it succeeds again, further failures are only counted, in "
            + "cacheorleans.cache.errors.")]
    public static partial void FallbackFailed(this ILogger logger, string cache, Exception error);

    [LoggerMessage(1002, LogLevel.Information, "The fallback of cache '{Cache}' succeeds again.")]
    public static partial void FallbackRecovered(this ILogger logger, string cache);

    [LoggerMessage(1003, LogLevel.Warning, "A loaded value was returned to its callers, but is not kept: {Why}")]
    public static partial void ValueNotKept(this ILogger logger, string why);

    [LoggerMessage(
        1004,
        LogLevel.Information,
        "Cache '{Cache}' is registered with a time to live of {TimeToLive}, and {NotFoundTimeToLive} when nothing is "
            + "found; these apply, although a client's definition has {ClientTimeToLive} and "
            + "{ClientNotFoundTimeToLive}. Use the same times in both.")]
    public static partial void TimeToLiveDiffers(
        this ILogger logger,
        string cache,
        TimeSpan timeToLive,
        TimeSpan notFoundTimeToLive,
        TimeSpan clientTimeToLive,
        TimeSpan clientNotFoundTimeToLive);

    [LoggerMessage(EventId = 1010, Message = "The circuit breaker went from {From} to {To}: {Reason}.")]
    public static partial void BreakerChanged(
        this ILogger logger, LogLevel level, BreakerState from, BreakerState to, string reason);

    [LoggerMessage(
        EventId = 1011, Message = "The local circuit breaker of this silo went from {From} to {To}: {Reason}.")]
    public static partial void SiloBreakerChanged(
        this ILogger logger, LogLevel level, BreakerState from, BreakerState to, string reason);

    [LoggerMessage(
        1012,
        LogLevel.Warning,
        "The circuit breaker's coordinator does not respond; until it does, the silo's local circuit breaker decides "
            + "whether this silo uses Redis.")]
    public static partial void CoordinatorUnresponsive(this ILogger logger, Exception why);

    [LoggerMessage(1013, LogLevel.Information, "The circuit breaker's coordinator responds again.")]
    public static partial void CoordinatorAnswers(this ILogger logger);

    [LoggerMessage(
        1014,
        LogLevel.Warning,
        "The circuit breaker cannot open: it needs failures of {MinimumCaches} caches, but only {Caches} are declared "
            + "in the silos. Lower Breaker:MinimumCaches to that number, unless clients declare more caches.")]
    public static partial void BreakerCannotOpen(this ILogger logger, int minimumCaches, int caches);

    [LoggerMessage(
        1015,
        LogLevel.Error,
        "A report to the circuit breaker's coordinator failed in this silo; it is repeated in five seconds.")]
    public static partial void BreakerReportFailed(this ILogger logger, Exception error);

    [LoggerMessage(EventId = 1020, Message = "Alert: {Text} ({Message})")]
    public static partial void Alert(this ILogger logger, LogLevel level, string text, Guid message);

    [LoggerMessage(
        1021,
        LogLevel.Warning,
        "The alert channel '{Channel}' gave up the message '{Kind}' about '{Key}' ({Message}): {Reason}")]
    public static partial void AlertGivenUp(
        this ILogger logger, string channel, AlertNoticeKind kind, string key, Guid message, string reason);

    [LoggerMessage(
        1022,
        LogLevel.Warning,
        "No alert is sent for '{Key}': as many caches as Alerts:MaxKeys allows are in their cooldown. Its failures are "
            + "counted.")]
    public static partial void AlertRefused(this ILogger logger, string key);

    [LoggerMessage(
        1023,
        LogLevel.Warning,
        "The coordinator of alerts does not respond; if that lasts for five seconds, this silo sends its alerts "
            + "itself.")]
    public static partial void AlertCoordinatorUnresponsive(this ILogger logger, Exception why);

    [LoggerMessage(1024, LogLevel.Information, "The coordinator of alerts responds again.")]
    public static partial void AlertCoordinatorAnswers(this ILogger logger);

    [LoggerMessage(
        1025,
        LogLevel.Error,
        "A report to the coordinator of alerts failed in this silo; it is repeated in five seconds.")]
    public static partial void AlertReportFailed(this ILogger logger, Exception error);

    [LoggerMessage(
        1030,
        LogLevel.Warning,
        "A tag was invalidated or a cache was ended, and {Silos} of the silos did not learn of it within a second. "
            + "Until they ask for the version themselves, every five seconds, they may serve old values.")]
    public static partial void AnnouncementMissed(this ILogger logger, int silos);

    [LoggerMessage(
        1031,
        LogLevel.Error,
        "Asking for the versions of tags and caches failed in this silo; it is repeated in five seconds.")]
    public static partial void TagRefreshFailed(this ILogger logger, Exception error);
}
