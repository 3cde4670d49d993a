using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Redis.Diagnostics;

/// <summary>Counts and logs the outcomes of the store's operations.</summary>
internal sealed class RedisDiagnostics(RedisMetrics metrics, ILogger<RedisDiagnostics> logger)
{
    private const string Read = "read";
    private const string Write = "write";

    private readonly StoreHealth _reads = new(Read, logger);
    private readonly StoreHealth _writes = new(Write, logger);

    public void OnRead(string cache, StoreReadStatus status)
    {
        _reads.OnSuccess();
        if (status == StoreReadStatus.Unreadable)
        {
            metrics.OnUnreadable(cache);
        }
    }

    public void OnReadFailed(string cache, StoreFailure failure)
    {
        metrics.OnFailed(Read, cache, failure.Kind);
        OnFailure(_reads, failure);
    }

    /// <summary>Counts a batch's failures: one for each cache and each kind of failure.</summary>
    public void OnWritten(IReadOnlyList<StoreWrite> writes, StoreWriteResult[] results)
    {
        HashSet<(string Cache, StoreFailureKind Kind)>? failed = null;
        var anyTaken = false;
        for (var i = 0; i < results.Length; i++)
        {
            anyTaken |= results[i].Status is StoreWriteStatus.Applied or StoreWriteStatus.Superseded;
            if (results[i].Failure is not { } failure)
            {
                continue;
            }

            OnFailure(_writes, failure);
            if ((failed ??= []).Add((writes[i].Key.Cache, failure.Kind)))
            {
                metrics.OnFailed(Write, writes[i].Key.Cache, failure.Kind);
            }
        }

        if (anyTaken && failed is null)
        {
            _writes.OnSuccess();
        }
    }

    private static void OnFailure(StoreHealth health, StoreFailure failure)
    {
        if (failure.CountsAgainstHealth)
        {
            health.OnFailure(failure);
        }
    }
}
