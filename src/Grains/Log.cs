using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "The fallback of cache '{Cache}' fails; further failures are counted.")]
    public static partial void FallbackFailed(this ILogger logger, string cache, Exception error);

    [LoggerMessage(1002, LogLevel.Information, "The fallback of cache '{Cache}' works again.")]
    public static partial void FallbackRecovered(this ILogger logger, string cache);

    [LoggerMessage(1003, LogLevel.Warning, "A value is not kept: {Why}")]
    public static partial void ValueNotKept(this ILogger logger, string why);

    [LoggerMessage(
        1004,
        LogLevel.Information,
        "Cache '{Cache}' is registered with a life of {TimeToLive}, and {NotFoundTimeToLive} for what is not found, "
            + "which counts; a client says {ClientTimeToLive} and {ClientNotFoundTimeToLive}.")]
    public static partial void LifeDiffers(
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
        EventId = 1011, Message = "The circuit breaker of this silo only went from {From} to {To}: {Reason}.")]
    public static partial void SiloBreakerChanged(
        this ILogger logger, LogLevel level, BreakerState from, BreakerState to, string reason);

    [LoggerMessage(
        1012,
        LogLevel.Warning,
        "The circuit breaker's coordinator does not answer; until it does, this silo uses Redis as its own failures "
            + "allow.")]
    public static partial void CoordinatorSilent(this ILogger logger, Exception why);

    [LoggerMessage(1013, LogLevel.Information, "The circuit breaker's coordinator answers again.")]
    public static partial void CoordinatorAnswers(this ILogger logger);

    [LoggerMessage(
        1014,
        LogLevel.Warning,
        "The circuit breaker cannot open: it asks for failures of {DistinctNames} caches, and {Caches} are declared in "
            + "the silos. Set Breaker:DistinctNames to no more than that, unless clients declare more.")]
    public static partial void BreakerCannotOpen(this ILogger logger, int distinctNames, int caches);

    [LoggerMessage(1015, LogLevel.Error, "A report to the circuit breaker failed in this silo; it is repeated.")]
    public static partial void BreakerReportFailed(this ILogger logger, Exception error);

    [LoggerMessage(EventId = 1020, Message = "Alert: {Text} ({Message})")]
    public static partial void Alert(this ILogger logger, LogLevel level, string text, Guid message);

    [LoggerMessage(
        1021,
        LogLevel.Warning,
        "The channel '{Channel}' gave up the message '{Kind}' about '{Key}' ({Message}): {Reason}")]
    public static partial void AlertGivenUp(
        this ILogger logger, string channel, AlertNoticeKind kind, string key, Guid message, string reason);

    [LoggerMessage(
        1022, LogLevel.Warning, "No alert is sent for '{Key}', for no more caches can be held; see Alerts:MaxKeys.")]
    public static partial void AlertRefused(this ILogger logger, string key);

    [LoggerMessage(
        1023,
        LogLevel.Warning,
        "The coordinator of alerts does not answer; if it goes on, this silo sends alerts by itself.")]
    public static partial void AlertCoordinatorSilent(this ILogger logger, Exception why);

    [LoggerMessage(1024, LogLevel.Information, "The coordinator of alerts answers again.")]
    public static partial void AlertCoordinatorAnswers(this ILogger logger);

    [LoggerMessage(1025, LogLevel.Error, "A report to the coordinator of alerts failed in this silo; it is repeated.")]
    public static partial void AlertReportFailed(this ILogger logger, Exception error);

    [LoggerMessage(
        1030,
        LogLevel.Warning,
        "{Silos} silos could not be told for a second that a tag was invalidated; those that live learn it within "
            + "seconds.")]
    public static partial void TagNotTold(this ILogger logger, int silos);

    [LoggerMessage(1031, LogLevel.Error, "To ask again for the versions of tags failed in this silo; it is repeated.")]
    public static partial void TagRefreshFailed(this ILogger logger, Exception error);
}
