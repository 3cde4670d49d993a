using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;
using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Batches;

/// <summary>Loads the values of some keys with one call of the caller's fallback, and sends them to the
/// owners.</summary>
internal sealed class BatchLoad<TKey, T>(
    ReadServices services, BatchOwners owners, BatchLeases leases, BatchCall<TKey, T> call)
    where TKey : notnull
{
    /// <summary>Loads the values.</summary>
    /// <param name="items">The keys, with and without leases.</param>
    /// <param name="found">Receives the values.</param>
    public async Task RunAsync(List<BatchItem<TKey>> items, Dictionary<TKey, T> found)
    {
        List<BatchItem<TKey>> leased = [.. items.Where(item => item.Lease is not null)];
        if (leased.Count < items.Count)
        {
            call.Cache.Meter.OnLocal();
        }

        List<BatchLoaded<TKey, T>> loaded = [];
        try
        {
            foreach (var some in SplitEqualKeys(items))
            {
                var values = await LoadAsync(some).ConfigureAwait(false);
                loaded.AddRange(some.Select(item => Make(item, values, found)));
            }
        }
        catch (LoadOverdueException overdue)
        {
            throw new TimeoutException(overdue.Message);
        }
        catch (Exception exception) when (!services.Stopping.IsCancellationRequested)
        {
            await FailAsync(leased, LeaseEnd.Failed, exception).ConfigureAwait(false);
            throw;
        }

        await BatchOwners.ForEachAsync(
            Chunks(loaded.Where(one => one.Item.Lease is not null && one.IsShareable)), HandOverAsync)
            .ConfigureAwait(false);
        await FailAsync(
            [.. loaded.Where(one => one.Item.Lease is not null && !one.IsShareable).Select(one => one.Item)],
            LeaseEnd.NotShareable).ConfigureAwait(false);
        foreach (var one in loaded.Where(one => one.Item.Lease is null && one.IsShareable))
        {
            KeepLocally(one);
        }
    }

    /// <summary>Puts keys that are equal but are different entries into different lists, because the fallback usually
    /// builds a dictionary from the keys that it is given.</summary>
    private IEnumerable<List<BatchItem<TKey>>> SplitEqualKeys(List<BatchItem<TKey>> items) =>
        call.Cache.Equality is TextEquality<TKey, T>
            ? items.GroupBy(item => item.Key)
                .SelectMany(equal => equal.Select((item, index) => (Item: item, Index: index)))
                .GroupBy(one => one.Index, one => one.Item, (_, some) => some.ToList())
            : [items];

    /// <summary>Runs the fallback.</summary>
    /// <exception cref="LoadOverdueException">The fallback exceeded its time limit. It is canceled, and its leases pass
    /// to other callers. If it completes anyway, the loaded values are still sent to the owners.</exception>
    private async Task<IReadOnlyDictionary<TKey, T>> LoadAsync(List<BatchItem<TKey>> items)
    {
        call.Cache.Meter.OnFallback();
        List<BatchItem<TKey>> leased = [.. items.Where(item => item.Lease is not null)];
        var running = RunningLoad.Begin([.. items.Select(item => item.Text)]);
        var ending = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping);
        var limit = call.Options.FallbackTimeout;
        using var overdue = services.Time.CreateTimer(
            _ => leased.ForEach(item => leases.Remove(item.Text)), null, limit, Timeout.InfiniteTimeSpan);
        var load = RunAsync(items, ending, running);
        await ((Task)load).WaitAsync(limit, services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (load.IsCompleted)
        {
            return await load.ConfigureAwait(false);
        }

        _ = CompleteLateAsync(load, leased);
        await ending.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new LoadOverdueException(
            $"The fallback for values of cache '{call.Cache.Name}' has not ended within {limit:c} "
            + "(FallbackTimeout).");
    }

    private async Task<IReadOnlyDictionary<TKey, T>> RunAsync(
        List<BatchItem<TKey>> items, CancellationTokenSource ending, RunningLoad running)
    {
        try
        {
            return await call.Fallback!([.. items.Select(item => item.Key)], ending.Token).ConfigureAwait(false)
                ?? throw new InvalidOperationException(
                    $"The fallback for values of cache '{call.Cache.Name}' returned null instead of a dictionary.");
        }
        finally
        {
            running.End();
            ending.Dispose();
        }
    }

    /// <summary>Sends late values to the owners. No caller here waits for them, so no copies are kept.</summary>
    private async Task CompleteLateAsync(
        Task<IReadOnlyDictionary<TKey, T>> load, List<BatchItem<TKey>> leased)
    {
        try
        {
            var values = await load.ConfigureAwait(false);
            var loaded = leased.ConvertAll(item => Make(item, values, []));
            await BatchOwners.ForEachAsync(
                Chunks(loaded.Where(one => one.IsShareable)), chunk => CompleteAsync(chunk)).ConfigureAwait(false);
        }
        // The caller has its error; the leases have expired.
        catch (Exception)
        {
        }
    }

    private BatchLoaded<TKey, T> Make(
        BatchItem<TKey> item, IReadOnlyDictionary<TKey, T> values, Dictionary<TKey, T> found)
    {
        if (!values.TryGetValue(item.Key, out var value) || value is null)
        {
            return new(item, CachedValue<T>.None, Bytes: null);
        }

        var bytes = call.Cache.Codec.Encode(value, out var decoded);
        found[item.Key] = decoded.First!;
        return new(item, decoded.Value, bytes);
    }

    /// <summary>Splits the loaded values so that no message is too large.</summary>
    private static IEnumerable<BatchLoaded<TKey, T>[]> Chunks(IEnumerable<BatchLoaded<TKey, T>> loaded)
    {
        List<BatchLoaded<TKey, T>> chunk = [];
        var bytes = 0;
        foreach (var one in loaded)
        {
            var length = one.Bytes?.Length ?? 0;
            if (chunk.Count == BatchOwners.MaxKeys || (chunk.Count > 0 && length > ICacheBatchGrain.MaxBytes - bytes))
            {
                yield return [.. chunk];
                chunk.Clear();
                bytes = 0;
            }

            chunk.Add(one);
            bytes += length;
        }

        if (chunk.Count > 0)
        {
            yield return [.. chunk];
        }
    }

    private async Task HandOverAsync(BatchLoaded<TKey, T>[] chunk)
    {
        foreach (var (item, _, _) in chunk)
        {
            leases.Remove(item.Text);
        }

        var sentAt = services.Near.Now;
        var outcomes = await CompleteAsync(chunk).ConfigureAwait(false);
        for (var i = 0; i < chunk.Length; i++)
        {
            if (outcomes?[i] is not { } outcome)
            {
                KeepLocally(chunk[i]);
            }
            else if (outcome.IsKept)
            {
                var item = chunk[i].Item;
                item.PendingRead = item.PendingRead with { SentAt = sentAt };
                Keep(chunk[i], outcome.Stamp, outcome.TimeLeft);
            }
        }
    }

    private async Task<LeaseOutcome?[]?> CompleteAsync(BatchLoaded<TKey, T>[] chunk)
    {
        var life = call.Cache.Declaration?.Life;
        try
        {
            var outcomes = await owners.CompleteAsync(
                [.. chunk.Select(one => one.Item.Text)],
                [.. chunk.Select(one => new LeaseCompletion(
                    one.Item.Lease!.Value, one.Bytes, call.Options.TimeToLive, call.Options.Tags, life))])
                .ConfigureAwait(false);
            return outcomes.Answer;
        }
        // The caller has the values; values that the owners cannot accept are not cached.
        catch (Exception)
        {
            return null;
        }
    }

    private async Task FailAsync(List<BatchItem<TKey>> items, LeaseEnd end, Exception? error = null)
    {
        items.ForEach(item => leases.Remove(item.Text));
        try
        {
            await BatchOwners.ForEachAsync(items.Chunk(BatchOwners.MaxKeys), chunk => owners.FailAsync(
                [.. chunk.Select(item => item.Text)],
                [.. chunk.Select(item => LeaseErrors.Pack<T>(item.Lease!.Value, end, error))]).AsTask())
                .ConfigureAwait(false);
        }
        // The caller has its error; the leases expire.
        catch (Exception)
        {
        }
    }

    /// <summary>Keeps a copy of a value that no owner has.</summary>
    private void KeepLocally(BatchLoaded<TKey, T> loaded)
    {
        var life = call.Cache.Declaration?.Life;
        Keep(
            loaded,
            loaded.Item.PendingRead.LocalStamp,
            (loaded.Value.IsFound ? call.Options.TimeToLive ?? life?.TimeToLive : life?.NotFoundTimeToLive)
                ?? call.Options.NearLease,
            isLocal: true);
    }

    private void Keep(BatchLoaded<TKey, T> loaded, long stamp, TimeSpan life, bool isLocal = false) =>
        services.Near.Keep(
            call.Cache,
            loaded.Item.Key,
            loaded.Item.Text,
            loaded.Item.PendingRead,
            new Copy<T>(loaded.Value, stamp, life, call.Options.Tags, isLocal).Within(call.Options.NearLease));
}
