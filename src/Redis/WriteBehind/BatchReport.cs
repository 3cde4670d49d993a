using CacheOrleans.Storage;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Tells the breaker how a batch of writes went.</summary>
/// <remarks>
/// At most one success, for a success says nothing of the cache it was for, then a failure for each cache that has any:
/// a batch is one attempt, however many writes are in it. The success goes first, as it clears the failures before it.
/// A superseded write was read and compared, not written.
/// </remarks>
internal static class BatchReport
{
    public static void Tell(
        IBreakerGate gate, BreakerPass pass, IReadOnlyList<StoreWrite> writes, IReadOnlyList<StoreWriteResult> results)
    {
        StoreOperation? done = null;
        Dictionary<string, StoreFailure>? failures = null;
        for (var i = 0; i < results.Count; i++)
        {
            switch (results[i])
            {
                case { Status: StoreWriteStatus.Applied }:
                    done = StoreOperation.Write;
                    break;
                case { Status: StoreWriteStatus.Superseded }:
                    done ??= StoreOperation.Read;
                    break;
                case { Failure: { } failure }:
                    Add(failures ??= new(StringComparer.Ordinal), writes[i].Key.Cache, failure);
                    break;
            }
        }

        if (done is { } operation)
        {
            gate.OnSuccess(pass, operation);
        }

        if (failures is null)
        {
            return;
        }

        foreach (var (cache, failure) in failures)
        {
            gate.OnFailure(pass, StoreOperation.Write, cache, failure);
        }
    }

    /// <summary>Keeps one failure of a cache, one that tells of the store's health where there is any.</summary>
    private static void Add(Dictionary<string, StoreFailure> failures, string cache, StoreFailure failure)
    {
        if (!failures.TryGetValue(cache, out var known) || (failure.IsTarget && !known.IsTarget))
        {
            failures[cache] = failure;
        }
    }
}
