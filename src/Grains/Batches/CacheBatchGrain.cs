using System.Globalization;
using CacheOrleans.Entries;
using Orleans.Concurrency;

namespace CacheOrleans.Grains.Batches;

/// <summary>Passes a client's batch of calls on to the owners of the entries, from the silo that the client has
/// reached.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class CacheBatchGrain(TimeProvider time) : Grain, ICacheBatchGrain
{
    /// <summary>How long a batch waits for its calls beyond the time that the calls themselves may wait; its client
    /// waits even longer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private static readonly EntryResult Pending = new(new EntryReply(EntryStatus.Pending));

    public Task<EntryResult[]> GetOrLeaseAsync(string[] keys, EntryRequest request)
    {
        Check(keys, keys);
        ArgumentNullException.ThrowIfNull(request);
        var bytes = 0L;
        var fanOut = new FanOut(time, request.MaxWait + Grace);
        return fanOut.RunAsync(keys.Length, AskAsync, error => new EntryResult(null, error));

        async Task<EntryResult> AskAsync(int index)
        {
            if (bytes >= ICacheBatchGrain.MaxBytes)
            {
                return Pending;
            }

            var left = request.MaxWait - fanOut.Elapsed;
            var reply = await Owner(keys[index]).GetOrLeaseAsync(
                request with { MaxWait = left > TimeSpan.Zero ? left : TimeSpan.Zero });
            bytes += reply.Value?.Length ?? 0;
            return new EntryResult(reply);
        }
    }

    public Task<bool[]> RenewAsync(string[] keys, Guid[] leases)
    {
        Check(keys, leases);
        return new FanOut(time, Grace).RunAsync(
            keys.Length, index => Owner(keys[index]).RenewAsync(leases[index]), _ => false);
    }

    public Task<LeaseOutcome?[]> CompleteAsync(string[] keys, LeaseCompletion[] completions)
    {
        Check(keys, completions);
        return new FanOut(time, Grace).RunAsync<LeaseOutcome?>(
            keys.Length, async index => await Owner(keys[index]).CompleteAsync(completions[index]), _ => null);
    }

    public Task FailAsync(string[] keys, LeaseFailure[] failures)
    {
        Check(keys, failures);
        return new FanOut(time, Grace).RunAsync(keys.Length, FailOneAsync, _ => false);

        async Task<bool> FailOneAsync(int index)
        {
            await Owner(keys[index]).FailAsync(failures[index]);
            return true;
        }
    }

    public Task<StampCheck[]> CheckAsync(string[] keys, long[] stamps)
    {
        Check(keys, stamps);
        return new FanOut(time, Grace).RunAsync<StampCheck>(
            keys.Length, index => Owner(keys[index]).CheckAsync(stamps[index]), _ => default);
    }

    private static void Check<T>(string[] keys, T[] items)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(items);
        if (keys.Length > ICacheBatchGrain.MaxKeys)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A batch may have {ICacheBatchGrain.MaxKeys} keys at most; this one has {keys.Length}."));
        }

        if (items.Length != keys.Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A batch must have one item for each key; this one has {items.Length} for {keys.Length} keys."));
        }
    }

    private ICacheEntryGrain Owner(string key) => GrainFactory.GetGrain<ICacheEntryGrain>(key);
}
