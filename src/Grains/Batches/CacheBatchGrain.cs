using System.Globalization;
using Orleans.Concurrency;

namespace CacheOrleans.Grains.Batches;

/// <summary>Passes a client's calls on to the owners of the entries, from whichever silo that has reached.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class CacheBatchGrain(TimeProvider time) : Grain, ICacheBatchGrain
{
    /// <summary>How long a batch waits for its calls beyond the time it may hold them; its client waits for
    /// longer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private static readonly EntryResult AskAgain = new(new EntryReply(EntryStatus.Pending));

    public Task<EntryResult[]> GetOrLeaseAsync(string[] keys, EntryRequest request)
    {
        Check(keys, keys);
        ArgumentNullException.ThrowIfNull(request);
        var bytes = 0L;
        var fanOut = new FanOut(time, request.MaxWait + Grace);
        return fanOut.RunAsync(keys.Length, AskAsync, error => new EntryResult(null, error));

        async Task<EntryResult> AskAsync(int place)
        {
            if (bytes >= ICacheBatchGrain.MaxBytes)
            {
                return AskAgain;
            }

            var left = request.MaxWait - fanOut.Elapsed;
            var reply = await Owner(keys[place]).GetOrLeaseAsync(
                request with { MaxWait = left > TimeSpan.Zero ? left : TimeSpan.Zero });
            bytes += reply.Value?.Length ?? 0;
            return new EntryResult(reply);
        }
    }

    public Task<bool[]> RenewAsync(string[] keys, Guid[] leases)
    {
        Check(keys, leases);
        return new FanOut(time, Grace).RunAsync(
            keys.Length, place => Owner(keys[place]).RenewAsync(leases[place]), _ => false);
    }

    public Task<LeaseOutcome?[]> CompleteAsync(string[] keys, LeaseCompletion[] completions)
    {
        Check(keys, completions);
        return new FanOut(time, Grace).RunAsync<LeaseOutcome?>(
            keys.Length, async place => await Owner(keys[place]).CompleteAsync(completions[place]), _ => null);
    }

    public Task FailAsync(string[] keys, LeaseFailure[] failures)
    {
        Check(keys, failures);
        return new FanOut(time, Grace).RunAsync(keys.Length, FailOneAsync, _ => false);

        async Task<bool> FailOneAsync(int place)
        {
            await Owner(keys[place]).FailAsync(failures[place]);
            return true;
        }
    }

    private static void Check<T>(string[] keys, T[] items)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(items);
        if (keys.Length > ICacheBatchGrain.MaxKeys)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A batch has {ICacheBatchGrain.MaxKeys} keys at most; got {keys.Length}."));
        }

        if (items.Length != keys.Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A batch has one item for each key; got {items.Length} for {keys.Length}."));
        }
    }

    private ICacheEntryGrain Owner(string key) => GrainFactory.GetGrain<ICacheEntryGrain>(key);
}
