using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client;

/// <summary>What this project logs; event ids 4000 to 4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning,
        "No silo of the cluster can be reached; trying again every {Pause} until one can.")]
    public static partial void NotConnected(this ILogger logger, TimeSpan pause, Exception exception);
}
