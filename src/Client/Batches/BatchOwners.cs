using CacheOrleans.Client.Connection;
using CacheOrleans.Entries;

namespace CacheOrleans.Client.Batches;

/// <summary>Calls the owners of many entries, with up to 500 keys in a message.</summary>
internal sealed class BatchOwners(Cluster cluster, TimeSpan responseTimeout)
{
    /// <summary>The most keys in a message.</summary>
    public const int MaxKeys = 500;

    /// <summary>The most messages in flight at a time. Further messages would only wait, and some of them would time
    /// out, while the silos create the entries.</summary>
    private static readonly ParallelOptions Parallelism = new() { MaxDegreeOfParallelism = 4 };

    /// <summary>How long the silo that forwards a message waits for the owners beyond the wait that the request
    /// allows.</summary>
    private static readonly TimeSpan Forwarding = TimeSpan.FromMilliseconds(500);

    private readonly CallLimits _limits = new(TimeSpan.Zero, responseTimeout, CanRepeat: true);

    /// <summary>The keys whose owners do not respond.</summary>
    public UnresponsiveOwners UnresponsiveOwners => cluster.UnresponsiveOwners;

    /// <summary>How long a call waits for the response of an owner.</summary>
    public TimeSpan ResponseTimeout => responseTimeout;

    /// <summary>Runs an action for each chunk of keys, some chunks at a time.</summary>
    public static Task ForEachAsync<T>(IEnumerable<T> chunks, Func<T, Task> body) =>
        Parallel.ForEachAsync(chunks, Parallelism, async (chunk, _) => await body(chunk).ConfigureAwait(false));

    /// <summary>Calls <see cref="ICacheBatchGrain.GetOrLeaseAsync"/>.</summary>
    public ValueTask<CallResult<EntryResult[]>> GetOrLeaseAsync(string[] keys, EntryRequest request) =>
        cluster.CallAsync(
            (Keys: keys, Request: request),
            static (link, call) => Grain(link).GetOrLeaseAsync(
                call.Keys,
                call.Request.NearLease > TimeSpan.Zero ? call.Request with { Holder = link.Observer } : call.Request),
            new(request.MaxWait + Forwarding, responseTimeout, CanRepeat: true));

    /// <summary>Calls <see cref="ICacheBatchGrain.RenewAsync"/>.</summary>
    public ValueTask<CallResult<bool[]>> RenewAsync(string[] keys, Guid[] leases) => cluster.CallAsync(
        (Keys: keys, Leases: leases), static (link, call) => Grain(link).RenewAsync(call.Keys, call.Leases), _limits);

    /// <summary>Calls <see cref="ICacheBatchGrain.CompleteAsync"/>.</summary>
    public ValueTask<CallResult<LeaseOutcome?[]>> CompleteAsync(string[] keys, LeaseCompletion[] completions) =>
        cluster.CallAsync(
            (Keys: keys, Completions: completions),
            static (link, call) => Grain(link).CompleteAsync(call.Keys, call.Completions),
            _limits);

    /// <summary>Calls <see cref="ICacheBatchGrain.FailAsync"/>.</summary>
    public ValueTask<CallResult<bool>> FailAsync(string[] keys, LeaseFailure[] failures) => cluster.CallAsync(
        (Keys: keys, Failures: failures),
        static async (link, call) =>
        {
            await Grain(link).FailAsync(call.Keys, call.Failures).ConfigureAwait(false);
            return true;
        },
        _limits);

    /// <summary>Calls <see cref="ICacheBatchGrain.CheckAsync"/>.</summary>
    public ValueTask<CallResult<StampCheck[]>> CheckAsync(string[] keys, long[] stamps) => cluster.CallAsync(
        (Keys: keys, Stamps: stamps), static (link, call) => Grain(link).CheckAsync(call.Keys, call.Stamps), _limits);

    private static ICacheBatchGrain Grain(ClusterLink link) => link.Grains.GetGrain<ICacheBatchGrain>(0);
}
