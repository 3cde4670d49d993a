using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client;

/// <summary>The log messages of this project, with event ids 4000 to 4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning,
        "No silo can be reached ({Address}). The client tries again every {Pause} until a silo responds. {Reason}")]
    public static partial void NotConnected(this ILogger logger, string address, TimeSpan pause, string reason);

    [LoggerMessage(4002, LogLevel.Warning,
        "The cluster does not respond. Fallbacks run in this process, and the cluster is tried again every {Pause}. "
        + "{Reason}")]
    public static partial void Unreachable(this ILogger logger, TimeSpan pause, string reason);

    [LoggerMessage(4003, LogLevel.Information, "The cluster responds again.")]
    public static partial void Reachable(this ILogger logger);

    [LoggerMessage(4004, LogLevel.Warning,
        "A value of cache '{Cache}' cannot be read as {Type} and is treated as a miss. This is logged once, until a "
        + "value can be read again.")]
    public static partial void Unreadable(this ILogger logger, string cache, Type type, Exception exception);

    [LoggerMessage(4005, LogLevel.Error,
        "A value of cache '{Cache}' cannot be serialized as {Type}, or cannot be read back. It is returned to the "
        + "callers in this process that wait for it, and is not cached. This is logged once, until a value can be "
        + "serialized again.")]
    public static partial void Unserializable(this ILogger logger, string cache, Type type, Exception exception);

    [LoggerMessage(4006, LogLevel.Warning,
        "{Count} cache definitions have been used; further ones have no near copies. Create each definition once, "
        + "such as in a static field, and reuse it.")]
    public static partial void TooManyDefinitions(this ILogger logger, int count);

    [LoggerMessage(4007, LogLevel.Information, "Connected to the cluster.")]
    public static partial void Connected(this ILogger logger);

    [LoggerMessage(4008, LogLevel.Error,
        "The connection to the cluster could not be created. Fallbacks run in this process until it is restarted.")]
    public static partial void ConnectionFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4009, LogLevel.Warning,
        "The silo at {Gateway} does not respond. Calls go through other silos until it does.")]
    public static partial void GatewayUnresponsive(this ILogger logger, Uri gateway);

    [LoggerMessage(4010, LogLevel.Information, "The silo at {Gateway} responds again.")]
    public static partial void GatewayResponds(this ILogger logger, Uri gateway);

    [LoggerMessage(4011, LogLevel.Warning,
        "The cluster's membership cannot be read. The silos that were read last are used until it can be read again. "
        + "{Reason}")]
    public static partial void MembershipUnreadable(this ILogger logger, string reason);

    [LoggerMessage(4012, LogLevel.Warning,
        "A silo rejects this process's definition of cache '{Cache}'. For the keys of the cache, fallbacks run in this "
        + "process, and values are kept only here, for at most the near-lease (CacheOrleans:NearLease). This is logged "
        + "once. {Reason}")]
    public static partial void DefinitionRefused(this ILogger logger, string cache, string reason);

    [LoggerMessage(4013, LogLevel.Warning,
        "A value of cache '{Cache}' is loaded without the cluster: {Reason}; {Error}. Reads of all caches without the "
        + "cluster since the previous message like this: {Count}.")]
    public static partial void LoadedLocally(
        this ILogger logger, string cache, string reason, string error, long count);

    [LoggerMessage(4101, LogLevel.Error, "HybridCache: a key is empty or white space. Its value is not cached.")]
    public static partial void HybridKeyEmpty(this ILogger logger);

    [LoggerMessage(4102, LogLevel.Error,
        "HybridCache: a key has {Length} characters, and the limit is {Limit} "
        + "(CacheOrleans:HybridCache:MaximumKeyLength). Its value is not cached.")]
    public static partial void HybridKeyTooLong(this ILogger logger, int length, int limit);

    [LoggerMessage(4103, LogLevel.Error, "HybridCache: a key contains a control character. Its value is not cached.")]
    public static partial void HybridKeyHasControlCharacter(this ILogger logger);

    [LoggerMessage(4104, LogLevel.Error,
        "HybridCache: a key contains half of a surrogate pair. Its value stays in this process.")]
    public static partial void HybridKeyNotUnicode(this ILogger logger);

    [LoggerMessage(4105, LogLevel.Error,
        "HybridCache: a tag contains half of a surrogate pair, or a value has more than 63 tags. The value stays in "
        + "this process.")]
    public static partial void HybridTagsNotShareable(this ILogger logger);

    [LoggerMessage(4106, LogLevel.Error,
        "HybridCache: a value has {Bytes} bytes, and the limit is {Limit} "
        + "(CacheOrleans:HybridCache:MaximumPayloadBytes). The value stays in this process.")]
    public static partial void HybridValueTooLarge(this ILogger logger, int bytes, int limit);

    [LoggerMessage(4107, LogLevel.Error,
        "HybridCache: a value of type {Type} cannot be serialized, or cannot be read back.")]
    public static partial void HybridValueUnserializable(this ILogger logger, Type type, Exception exception);

    [LoggerMessage(4108, LogLevel.Error, "HybridCache: a value was not stored in the cluster.")]
    public static partial void HybridValueNotStored(this ILogger logger, Exception exception);

    [LoggerMessage(4109, LogLevel.Error, "HybridCache: the cluster rejects a key. Its value is not cached.")]
    public static partial void HybridKeyRefused(this ILogger logger, Exception exception);
}
