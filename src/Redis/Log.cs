using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Redis;

/// <summary>Everything this project logs; event ids 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning,
        "Connecting to Redis failed. The silo runs without Redis and keeps trying to connect.")]
    public static partial void ConnectFailed(ILogger logger, Exception exception);

    /// <remarks>Logged without the exception: that of a lost connection has a page of the driver's stack trace and no
    /// further information.</remarks>
    [LoggerMessage(2001, LogLevel.Warning,
        "Redis fails: a {Operation} ended with {Kind}: {Reason}. Further failures of this kind are only counted.")]
    public static partial void Failing(ILogger logger, string operation, StoreFailureKind kind, string reason);

    [LoggerMessage(2002, LogLevel.Information, "Redis works again: a {Operation} succeeded.")]
    public static partial void Recovered(ILogger logger, string operation);

    [LoggerMessage(2003, LogLevel.Warning,
        "This process is short of processor time or of threads: a call to Redis was abandoned after {Elapsed}; its "
        + "limit is {Limit}. That says nothing about Redis, so the breaker does not count it. Further such calls "
        + "are only counted. Give the process more processor time, or find the code that "
        + "blocks its threads.")]
    public static partial void Starved(ILogger logger, TimeSpan elapsed, TimeSpan limit);

    [LoggerMessage(2004, LogLevel.Critical,
        "The keys '{Prefix}:' in Redis belong to the cluster '{Holder}', but this silo belongs to '{Cluster}'. It does "
        + "not use Redis, and stops in {Wait} unless it has used these keys before. Set Redis:KeyPrefix to another "
        + "prefix for this cluster. If '{Holder}' has stopped for good, delete the key '{Mark}', or wait {Life}.")]
    public static partial void PrefixTaken(
        ILogger logger, string prefix, string holder, string cluster, TimeSpan wait, string mark, TimeSpan life);

    [LoggerMessage(2005, LogLevel.Information,
        "The cluster '{Former}' no longer uses the keys '{Prefix}:' in Redis, and this cluster, '{Cluster}', uses them "
        + "now.")]
    public static partial void PrefixIsFree(ILogger logger, string prefix, string former, string cluster);

    [LoggerMessage(2010, LogLevel.Warning,
        "{Capacity} values wait for Redis and the queue is full (WriteBehind:Capacity); the oldest are dropped.")]
    public static partial void QueueFull(ILogger logger, int capacity);

    [LoggerMessage(2011, LogLevel.Information,
        "The queue of writes to Redis has room again; {Dropped} values were dropped.")]
    public static partial void QueueHasRoom(ILogger logger, long dropped);

    [LoggerMessage(2012, LogLevel.Warning,
        "The silo stops and drops {Dropped} writes: no other silo took them over, and Redis did not accept them within "
            + "{Limit} (WriteBehind:DrainTimeout).")]
    public static partial void StoppedUndrained(ILogger logger, int dropped, TimeSpan limit);

    [LoggerMessage(2013, LogLevel.Warning,
        "{Capacity} removes wait for Redis and the queue is full (WriteBehind:RemoveCapacity). Cache '{Cache}' has "
            + "{Removes} of them: all values that Redis has of this cache count as missing now, and are loaded again.")]
    public static partial void CacheEnded(ILogger logger, int capacity, string cache, int removes);

    [LoggerMessage(2014, LogLevel.Information,
        "The silo stops. It has handed over {Writes} writes, which still waited for Redis, to other silos.")]
    public static partial void HandedOver(ILogger logger, int writes);
}
