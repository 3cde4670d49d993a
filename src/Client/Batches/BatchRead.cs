using System.Runtime.ExceptionServices;
using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Batches;

/// <summary>Reads many values: calls the owners of all keys at once, loads the keys that it gets leases for in one call
/// of the fallback, and calls again for the keys that other callers load.</summary>
/// <remarks>It runs in the context of its caller, which may give up before it ends.</remarks>
internal sealed class BatchRead<TKey, T>(
    ReadServices services, BatchOwners owners, BatchCall<TKey, T> call, Dictionary<TKey, T> found)
    where TKey : notnull
{
    private readonly BatchLeases _leases = new(services, owners);
    private OperationRetry? _retry;
    private Exception? _lastError;

    /// <summary>Reads the values of keys.</summary>
    /// <returns>The values that were found, including those that were found before.</returns>
    public async Task<IReadOnlyDictionary<TKey, T>> RunAsync(IReadOnlyCollection<(TKey Key, string Text)> keys)
    {
        var versions = services.Near.KeyVersions;
        List<BatchItem<TKey>> items =
            [.. keys.Select(key => new BatchItem<TKey>(key.Key, key.Text, versions.Acquire(key.Text)))];
        try
        {
            await ReadAsync(items).ConfigureAwait(false);
            return found;
        }
        catch (Exception) when (services.Stopping.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(ICacheClient));
        }
        finally
        {
            _leases.End();
            items.ForEach(item => item.KeyVersion.Release());
        }
    }

    private async Task ReadAsync(List<BatchItem<TKey>> items)
    {
        var maxWait = ReadTimes.FirstWait;
        while (items.Count > 0)
        {
            var round = new BatchRound<TKey>();
            await RequestAsync(items, maxWait, round).ConfigureAwait(false);
            while (round.Undeclared.Count > 0)
            {
                // Declared before the fallback runs, because it is to be given all keys at once.
                List<BatchItem<TKey>> undeclared = [.. round.Undeclared];
                round.Undeclared.Clear();
                var declaration = new BatchDeclaration<TKey, T>(services, call);
                await declaration.DeclareAsync(undeclared).ConfigureAwait(false);
                await RequestAsync(undeclared, maxWait, round).ConfigureAwait(false);
                declaration.End(round);
            }

            await EndAsync(round).ConfigureAwait(false);
            if (round.IsUnresponsive)
            {
                await (_retry ??= new(services))
                    .PauseAsync($"Values of cache '{call.Cache.Name}' were not read", _lastError, services.Stopping)
                    .ConfigureAwait(false);
            }

            items = round.ToRequest;
            maxWait = ReadTimes.LongBatchWait;
        }
    }

    /// <summary>Does the work of a round that comes before its remaining keys are requested again.</summary>
    private async Task EndAsync(BatchRound<TKey> round)
    {
        if (round.ToLoad.Count > 0)
        {
            await new BatchLoad<TKey, T>(services, owners, _leases, call).RunAsync(round.ToLoad, found)
                .ConfigureAwait(false);
        }

        if (round.Error is { } error)
        {
            // Thrown only now, because other callers wait for the loaded values.
            ExceptionDispatchInfo.Throw(error);
        }

        foreach (var item in round.Unreadable)
        {
            if (await call.ReadSingle(item.Key).ConfigureAwait(false) is { IsFound: true } result)
            {
                found[item.Key] = result.Value!;
            }
        }
    }

    private Task RequestAsync(List<BatchItem<TKey>> items, TimeSpan maxWait, BatchRound<TKey> round) =>
        BatchOwners.ForEachAsync(items.Chunk(BatchOwners.MaxKeys), chunk => RequestAsync(chunk, maxWait, round));

    private async Task RequestAsync(BatchItem<TKey>[] chunk, TimeSpan maxWait, BatchRound<TKey> round)
    {
        var now = services.Time.GetTimestamp();
        foreach (var item in chunk)
        {
            item.RequestedAt ??= now;
            item.PendingRead = services.Near.Begin(item.KeyVersion);
        }

        var requested = Array.FindAll(chunk, item => owners.UnresponsiveOwners.TryEnter(item.Text));
        var request = ReadRequests.First(call.Options, call.Cache.Fingerprint, maxWait);
        var answer = requested.Length == 0
            ? default
            : await RequestAsync([.. requested.Select(item => item.Text)], request).ConfigureAwait(false);
        lock (round)
        {
            for (var i = 0; i < requested.Length; i++)
            {
                if (answer.Answer is { } answers)
                {
                    RecordResponse(requested[i], answers[i]);
                }

                Sort(requested[i], answer.Answer?[i] ?? new EntryResult(Reply: null, answer.Error), round);
            }

            foreach (var item in requested.Length < chunk.Length ? chunk.Except(requested) : [])
            {
                SortError(item, error: null, round);
            }
        }
    }

    /// <summary>Records whether a key's owner responded, as reported by the silo that forwarded the message.</summary>
    private void RecordResponse(BatchItem<TKey> item, EntryResult result)
    {
        if (result.Reply is not null)
        {
            owners.UnresponsiveOwners.OnAnswer(item.Text);
        }
        else if (result.Error is TimeoutException && IsOverdue(item))
        {
            owners.UnresponsiveOwners.OnNoAnswer(item.Text);
        }
    }

    private bool IsOverdue(BatchItem<TKey> item) =>
        services.Time.GetElapsedTime(item.RequestedAt!.Value) >= owners.ResponseTimeout;

    private async ValueTask<CallResult<EntryResult[]>> RequestAsync(string[] keys, EntryRequest request)
    {
        try
        {
            return await owners.GetOrLeaseAsync(keys, request).ConfigureAwait(false);
        }
        catch (Exception exception) when (!services.Stopping.IsCancellationRequested)
        {
            return new(IsAnswered: false, Answer: null, exception);
        }
    }

    private void Sort(BatchItem<TKey> item, EntryResult result, BatchRound<TKey> round)
    {
        if (result.Reply is not { } reply)
        {
            SortError(item, result.Error, round);
            return;
        }

        switch (reply.Status)
        {
            case EntryStatus.Leased:
                item.Lease = reply.Lease;
                _leases.Add(item.Text, reply.Lease);
                round.ToLoad.Add(item);
                break;
            case EntryStatus.Pending:
                round.ToRequest.Add(item);
                break;
            case EntryStatus.Undeclared:
                round.Undeclared.Add(item);
                break;
            default:
                Take(item, reply, round);
                break;
        }
    }

    private void SortError(BatchItem<TKey> item, Exception? error, BatchRound<TKey> round)
    {
        if (error is TimeoutException && !IsOverdue(item))
        {
            round.ToRequest.Add(item); // the batch grain waits for the owners for less time than this client does
        }
        else if (LeaseErrors.ForCaller(error, call.Options.CanProceedWithoutOwner) is { } failure)
        {
            round.Error ??= failure;
        }
        else if (call.Fallback is not null)
        {
            item.Lease = null;
            services.Owners.Unavailability.OnLocalLoad(call.Cache.Name, error);
            round.ToLoad.Add(item);
        }
        else
        {
            round.IsUnresponsive = true;
            _lastError = error ?? _lastError;
            round.ToRequest.Add(item);
        }
    }

    private void Take(BatchItem<TKey> item, EntryReply reply, BatchRound<TKey> round)
    {
        if (!reply.TryRead(call.Cache.Codec, out var decoded, out var copy))
        {
            round.Unreadable.Add(item);
            return;
        }

        if (decoded.Value.IsFound)
        {
            found[item.Key] = decoded.First!;
        }

        services.Near.Keep(call.Cache, item.Key, item.Text, item.PendingRead, copy.Within(call.Options.NearLease));
        services.Checks.OnReply(call.Cache.Name, item.Text, reply, item.RequestedAt!.Value);
    }
}
