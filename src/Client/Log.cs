using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client;

/// <summary>What this project logs; event ids 4000 to 4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning,
        "No silo can be reached ({Address}); trying again every {Pause} until one can. {Reason}")]
    public static partial void NotConnected(this ILogger logger, string address, TimeSpan pause, string reason);

    [LoggerMessage(4002, LogLevel.Warning,
        "The cluster does not answer: fallbacks run in this process, and it is tried again every {Pause}. {Reason}")]
    public static partial void Unreachable(this ILogger logger, TimeSpan pause, string reason);

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

    [LoggerMessage(4009, LogLevel.Warning,
        "The silo at {Gateway} does not answer: calls go through others until it does.")]
    public static partial void GatewaySilent(this ILogger logger, Uri gateway);

    [LoggerMessage(4010, LogLevel.Information, "The silo at {Gateway} answers again.")]
    public static partial void GatewayAnswers(this ILogger logger, Uri gateway);

    [LoggerMessage(4011, LogLevel.Warning,
        "The membership cannot be read: the silos that were known last are used until it can be. {Reason}")]
    public static partial void MembershipUnreadable(this ILogger logger, string reason);

    [LoggerMessage(4012, LogLevel.Warning,
        "A silo does not take this process's definition of cache '{Cache}': for its keys fallbacks run in this "
        + "process, and values are kept here alone, for the near-lease at most. Said once. {Reason}")]
    public static partial void DefinitionRefused(this ILogger logger, string cache, string reason);

    [LoggerMessage(4013, LogLevel.Warning,
        "A value of cache '{Cache}' is loaded without the cluster: {Reason}; {Error}. Reads of all caches without the "
        + "cluster since the last line like this: {Count}.")]
    public static partial void LoadedLocally(
        this ILogger logger, string cache, string reason, string error, long count);

    [LoggerMessage(4101, LogLevel.Error, "HybridCache: a key is empty or white space; its value is not cached.")]
    public static partial void HybridKeyEmpty(this ILogger logger);

    [LoggerMessage(4102, LogLevel.Error,
        "HybridCache: a key has {Length} characters, the limit is {Limit} (MaximumKeyLength); "
        + "its value is not cached.")]
    public static partial void HybridKeyTooLong(this ILogger logger, int length, int limit);

    [LoggerMessage(4103, LogLevel.Error, "HybridCache: a key has a control character; its value is not cached.")]
    public static partial void HybridKeyHasControlCharacter(this ILogger logger);

    [LoggerMessage(4104, LogLevel.Error,
        "HybridCache: a key has half of a surrogate pair; its value stays in this process.")]
    public static partial void HybridKeyNotUnicode(this ILogger logger);

    [LoggerMessage(4105, LogLevel.Error,
        "HybridCache: a tag has half of a surrogate pair, or a value more than 63 tags; it stays in this process.")]
    public static partial void HybridTagsNotShareable(this ILogger logger);

    [LoggerMessage(4106, LogLevel.Error,
        "HybridCache: a value has {Bytes} bytes, the limit is {Limit} (MaximumPayloadBytes); "
        + "it stays in this process.")]
    public static partial void HybridValueTooLarge(this ILogger logger, int bytes, int limit);

    [LoggerMessage(4107, LogLevel.Error, "HybridCache: a {Type} cannot be serialized, or not be read back.")]
    public static partial void HybridValueUnserializable(this ILogger logger, Type type, Exception exception);

    [LoggerMessage(4108, LogLevel.Error, "HybridCache: a value was not stored in the cluster.")]
    public static partial void HybridValueNotStored(this ILogger logger, Exception exception);

    [LoggerMessage(4109, LogLevel.Error, "HybridCache: the cluster refuses a key; its value is not cached.")]
    public static partial void HybridKeyRefused(this ILogger logger, Exception exception);
}
