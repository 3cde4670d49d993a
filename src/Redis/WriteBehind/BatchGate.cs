using CacheOrleans.Alerts;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Asks the breaker for permission before a batch of writes, and reports the batch's outcome to the breaker
/// and the alerts.</summary>
/// <remarks>
/// A batch is one attempt, however many writes it has. The breaker gets at most one success, because a success says
/// nothing about a single cache, and then one failure for each cache that has any. The success is reported first
/// because it clears earlier failures. A superseded write counts as a successful read: it was read and compared, but
/// not written. The alerts get the same failures and, while any alert is open, before them a success for each cache
/// that had a write applied. A failure that says nothing about the store is reported to neither.
/// </remarks>
internal sealed class BatchGate(IBreakerGate gate, IAlerts alerts)
{
    public bool TryEnter(out BreakerPass pass) => gate.TryEnter(out pass);

    public void Report(BreakerPass pass, IReadOnlyList<StoreWrite> writes, IReadOnlyList<StoreWriteResult> results)
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
                case { Failure: { IsInconclusive: false } failure }:
                    Add(failures ??= new(StringComparer.Ordinal), writes[i].Key.Cache, failure);
                    break;
            }
        }

        if (done is { } operation)
        {
            gate.OnSuccess(pass, operation);
        }

        if (alerts.HasProblems)
        {
            ReportApplied(writes, results);
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

    private void ReportApplied(IReadOnlyList<StoreWrite> writes, IReadOnlyList<StoreWriteResult> results)
    {
        var notified = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].Status == StoreWriteStatus.Applied && notified.Add(writes[i].Key.Cache))
            {
                alerts.OnSuccess(writes[i].Key.Cache, AlertStage.Store);
            }
        }
    }

    /// <summary>Keeps one failure for each cache, preferably one that counts against the store's health.</summary>
    private static void Add(Dictionary<string, StoreFailure> failures, string cache, StoreFailure failure)
    {
        if (!failures.TryGetValue(cache, out var known) || (failure.CountsAgainstHealth && !known.CountsAgainstHealth))
        {
            failures[cache] = failure;
        }
    }
}
