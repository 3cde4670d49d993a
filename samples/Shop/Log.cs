namespace CacheOrleans.Shop;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The caches could not be told of changes; this is tried again")]
    public static partial void NotTold(ILogger logger, Exception exception);
}
