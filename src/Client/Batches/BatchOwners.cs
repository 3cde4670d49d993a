using CacheOrleans.Client.Connection;

namespace CacheOrleans.Client.Batches;

/// <summary>Calls the owners of many entries, in one message for some hundred of them.</summary>
internal sealed class BatchOwners(Cluster cluster, TimeSpan responseTimeout)
{
    /// <summary>The most keys of a message.</summary>
    public const int MaxKeys = 500;

    /// <summary>The most messages on their way at a time: more would only wait, and some in vain, while the silos make
    /// the entries.</summary>
    private static readonly ParallelOptions AtATime = new() { MaxDegreeOfParallelism = 4 };

    /// <summary>How long the silo that passes a message on waits for the owners, beyond that time.</summary>
    private static readonly TimeSpan Forwarding = TimeSpan.FromMilliseconds(500);

    private readonly CallLimits _limits = new(TimeSpan.Zero, responseTimeout, CanRepeat: true);

    /// <summary>Whether no silo can be reached, as far as is known: it is in vain to wait for one.</summary>
    public bool IsAway => cluster.IsAway;

    /// <summary>The keys whose owners are silent.</summary>
    public UnresponsiveOwners UnresponsiveOwners => cluster.UnresponsiveOwners;

    /// <summary>How long an owner may be silent.</summary>
    public TimeSpan ResponseTimeout => responseTimeout;

    /// <summary>Does something with each of some messages' worth of keys.</summary>
    public static Task ForEachAsync<T>(IEnumerable<T> chunks, Func<T, Task> body) =>
        Parallel.ForEachAsync(chunks, AtATime, async (chunk, _) => await body(chunk).ConfigureAwait(false));

    /// <summary><see cref="ICacheBatchGrain.GetOrLeaseAsync"/>.</summary>
    public ValueTask<CallResult<EntryResult[]>> AskAsync(string[] keys, EntryRequest request) => cluster.CallAsync(
        (Keys: keys, Request: request),
        static (link, call) => Grain(link).GetOrLeaseAsync(
            call.Keys,
            call.Request.NearLease > TimeSpan.Zero ? call.Request with { Holder = link.Observer } : call.Request),
        new(request.MaxWait + Forwarding, responseTimeout, CanRepeat: true));

    /// <summary><see cref="ICacheBatchGrain.RenewAsync"/>.</summary>
    public ValueTask<CallResult<bool[]>> RenewAsync(string[] keys, Guid[] leases) => cluster.CallAsync(
        (Keys: keys, Leases: leases), static (link, call) => Grain(link).RenewAsync(call.Keys, call.Leases), _limits);

    /// <summary><see cref="ICacheBatchGrain.CompleteAsync"/>.</summary>
    public ValueTask<CallResult<LeaseOutcome?[]>> CompleteAsync(string[] keys, LeaseCompletion[] completions) =>
        cluster.CallAsync(
            (Keys: keys, Completions: completions),
            static (link, call) => Grain(link).CompleteAsync(call.Keys, call.Completions),
            _limits);

    /// <summary><see cref="ICacheBatchGrain.FailAsync"/>.</summary>
    public ValueTask<CallResult<bool>> FailAsync(string[] keys, LeaseFailure[] failures) => cluster.CallAsync(
        (Keys: keys, Failures: failures),
        static async (link, call) =>
        {
            await Grain(link).FailAsync(call.Keys, call.Failures).ConfigureAwait(false);
            return true;
        },
        _limits);

    private static ICacheBatchGrain Grain(ClusterLink link) => link.Grains.GetGrain<ICacheBatchGrain>(0);
}
