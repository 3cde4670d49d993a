using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client;

/// <summary>What this project logs; event ids 4000 to 4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning,
        "No silo of the cluster can be reached; trying again every {Pause} until one can.")]
    public static partial void NotConnected(this ILogger logger, TimeSpan pause, Exception exception);

    [LoggerMessage(4002, LogLevel.Warning,
        "The cluster does not answer: fallbacks run in this process, and it is tried again every {Pause}.")]
    public static partial void Unreachable(this ILogger logger, TimeSpan pause, Exception exception);

    [LoggerMessage(4003, LogLevel.Information, "The cluster answers again.")]
    public static partial void Reachable(this ILogger logger);

    [LoggerMessage(4004, LogLevel.Warning,
        "A value of cache '{Cache}' cannot be read as {Type}: it counts as a miss. Said once until one can be read.")]
    public static partial void Unreadable(this ILogger logger, string cache, Type type, Exception exception);

    [LoggerMessage(4005, LogLevel.Error,
        "A value of cache '{Cache}' cannot be serialized as {Type}, or not be read back: it goes to who waits for it "
        + "in this process, and is not kept. Said once until one can be.")]
    public static partial void Unserializable(this ILogger logger, string cache, Type type, Exception exception);

    [LoggerMessage(4006, LogLevel.Warning,
        "{Count} definitions have been used: further ones have no near copies. A definition is made once and kept.")]
    public static partial void TooManyDefinitions(this ILogger logger, int count);

    [LoggerMessage(4007, LogLevel.Information, "Connected to the cluster.")]
    public static partial void Connected(this ILogger logger);

    [LoggerMessage(4008, LogLevel.Error,
        "The connection to the cluster could not be made: fallbacks run in this process until it is restarted.")]
    public static partial void ConnectionFailed(this ILogger logger, Exception exception);
}
