using CacheOrleans.Alerts;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Asks the breaker before a batch of writes, and tells it and the alerts how the batch went.</summary>
/// <remarks>
/// The breaker gets at most one success, for a success says nothing of the cache it was for, then a failure for each
/// cache that has any: a batch is one attempt, however many writes are in it. The success goes first, as it clears the
/// failures before it. A superseded write was read and compared, not written. The alerts get the same failures, and,
/// while something is wrong, a success first for each cache that had a write applied. A failure that says nothing is
/// told to neither.
/// </remarks>
internal sealed class BatchGate(IBreakerGate gate, IAlerts alerts)
{
    public bool TryEnter(out BreakerPass pass) => gate.TryEnter(out pass);

    public void Tell(BreakerPass pass, IReadOnlyList<StoreWrite> writes, IReadOnlyList<StoreWriteResult> results)
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
                case { Failure: { SaysNothing: false } failure }:
                    Add(failures ??= new(StringComparer.Ordinal), writes[i].Key.Cache, failure);
                    break;
            }
        }

        if (done is { } operation)
        {
            gate.OnSuccess(pass, operation);
        }

        if (alerts.AreOpen)
        {
            TellApplied(writes, results);
        }

        if (failures is null)
        {
            return;
        }

        foreach (var (cache, failure) in failures)
        {
            gate.OnFailure(pass, StoreOperation.Write, cache, failure);
            alerts.OnFailure(cache, AlertStage.Store, failure.Exception);
        }
    }

    private void TellApplied(IReadOnlyList<StoreWrite> writes, IReadOnlyList<StoreWriteResult> results)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].Status == StoreWriteStatus.Applied && told.Add(writes[i].Key.Cache))
            {
                alerts.OnSuccess(writes[i].Key.Cache, AlertStage.Store);
            }
        }
    }

    /// <summary>Keeps one failure of a cache, one that tells of the store's health where there is any.</summary>
    private static void Add(Dictionary<string, StoreFailure> failures, string cache, StoreFailure failure)
    {
        if (!failures.TryGetValue(cache, out var known) || (failure.CountsAgainstHealth && !known.CountsAgainstHealth))
        {
            failures[cache] = failure;
        }
    }
}
