using Microsoft.Extensions.Logging;

namespace CacheOrleans.Sql;

internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Warning,
        "The database of 'ConnectionStrings:{ConnectionString}' cannot be reached; the start continues without "
        + "checking its fallbacks")]
    public static partial void DatabaseUnreachable(ILogger logger, string connectionString, Exception exception);

    [LoggerMessage(5001, LogLevel.Information,
        "The database of 'ConnectionStrings:{ConnectionString}' accepts its {Count} fallbacks")]
    public static partial void StatementsAccepted(ILogger logger, string connectionString, int count);
}
