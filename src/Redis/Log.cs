using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Redis;

/// <summary>Everything this project logs; event ids 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "Connecting to Redis failed; it is tried again.")]
    public static partial void ConnectFailed(ILogger logger, Exception exception);

    /// <remarks>Without the exception: a lost connection has a page of the driver's stack, and tells no more.</remarks>
    [LoggerMessage(2001, LogLevel.Warning,
        "Redis fails: {Operation} ended with {Kind}: {Reason}. Further failures of this kind are counted.")]
    public static partial void Failing(ILogger logger, string operation, StoreFailureKind kind, string reason);

    [LoggerMessage(2002, LogLevel.Information, "Redis is well again: {Operation} succeeded.")]
    public static partial void Recovered(ILogger logger, string operation);

    [LoggerMessage(2003, LogLevel.Warning,
        "This process is short of processor time or of threads: a call to Redis was given up after {Elapsed}, and its "
        + "limit is {Limit}. That says nothing of Redis, so the breaker is not told. Further calls are counted.")]
    public static partial void Starved(ILogger logger, TimeSpan elapsed, TimeSpan limit);

    [LoggerMessage(2004, LogLevel.Critical,
        "The keys '{Prefix}:' in Redis belong to the cluster '{Holder}', and this silo is one of '{Cluster}'. It does "
        + "not use Redis, and stops in {Wait} unless it has used these keys before. Set Redis:KeyPrefix to a prefix "
        + "of this cluster's own. If '{Holder}' has stopped for good, delete the key '{Mark}', or wait {Life}.")]
    public static partial void PrefixTaken(
        ILogger logger, string prefix, string holder, string cluster, TimeSpan wait, string mark, TimeSpan life);

    [LoggerMessage(2005, LogLevel.Information,
        "The cluster '{Former}' has left the keys '{Prefix}:' in Redis, and '{Cluster}' uses them.")]
    public static partial void PrefixIsFree(ILogger logger, string prefix, string former, string cluster);

    [LoggerMessage(2010, LogLevel.Warning,
        "{Capacity} writes wait for Redis and there is room for no more; the oldest values are dropped.")]
    public static partial void QueueFull(ILogger logger, int capacity);

    [LoggerMessage(2011, LogLevel.Information, "There is room for writes to Redis again; {Dropped} were dropped.")]
    public static partial void QueueHasRoom(ILogger logger, long dropped);

    [LoggerMessage(2012, LogLevel.Warning,
        "The silo stops with {Dropped} writes undone: no other silo took them, and Redis took no more within {Limit} "
            + "(WriteBehind:DrainTimeout).")]
    public static partial void StoppedUndrained(ILogger logger, int dropped, TimeSpan limit);

    [LoggerMessage(2013, LogLevel.Warning,
        "{Capacity} removes wait for Redis and there is room for no more (WriteBehind:RemoveCapacity). Cache '{Cache}' "
            + "has {Removes} of them: what Redis has of it counts as missing now, and values are loaded again.")]
    public static partial void CacheEnded(ILogger logger, int capacity, string cache, int removes);

    [LoggerMessage(2014, LogLevel.Information,
        "The silo stops and has handed {Writes} writes, which still waited for Redis, to other silos.")]
    public static partial void HandedOver(ILogger logger, int writes);
}
