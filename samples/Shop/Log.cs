namespace CacheOrleans.Shop;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The caches could not be updated after changes; the shop will try again")]
    public static partial void NotTold(ILogger logger, Exception exception);
}
