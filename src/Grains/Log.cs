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
}
