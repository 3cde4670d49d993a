using CacheOrleans.Alerts;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Entries;

/// <summary>Looks in the backing store, and runs the fallback where that gives nothing.</summary>
/// <remarks>Nothing is thrown but the fallback's own failure. The backing store and the fallback are asked without
/// any caller's token: their results serve everyone who waits for the key.</remarks>
internal sealed class EntryLookup(
    IBackingStore store, IBreakerGate gate, TimeProvider time, ILogger<EntryLookup> logger)
{
    /// <summary>Reads the store, if the breaker allows it.</summary>
    /// <returns>The record found, or null: a miss, a failure, or a store that is skipped.</returns>
    public async Task<StoreRecord?> ReadStoreAsync(EntryIdentity entry)
    {
        if (!gate.TryEnter(out var pass))
        {
            entry.Cache.Meter.OnSkipped();
            return null;
        }

        var read = await store.ReadAsync(entry.StoreKey, CancellationToken.None);
        if (read.Failure is { } failure)
        {
            gate.OnFailure(pass, StoreOperation.Read, entry.StoreKey.Cache, failure);
        }
        else
        {
            gate.OnSuccess(pass, StoreOperation.Read);
        }

        if (read.Status is StoreReadStatus.Failed or StoreReadStatus.Unreadable)
        {
            entry.Cache.Stages.OnFailure(AlertStage.Read, read.Failure?.Exception ?? Unreadable(entry));
        }
        else
        {
            entry.Cache.Stages.OnSuccess(AlertStage.Read);
        }

        return read.Record;
    }

    /// <summary>Runs the fallback within the cache's time limit.</summary>
    /// <exception cref="CacheFallbackException">It failed, or took too long.</exception>
    public async Task<LoadResult> RunFallbackAsync(EntryIdentity entry, ICacheLoader loader)
    {
        var (definition, _, meter, stages, failing, _) = entry.Cache;
        meter.OnFallback();
        using var deadline = new CancellationTokenSource(definition.FallbackTimeout, time);
        try
        {
            // Not on the grain's scheduler: a loader that blocks must not hold up the entry's other calls.
            var result = await Task.Run(() => loader.LoadAsync(entry.Key, deadline.Token).AsTask())
                .WaitAsync(deadline.Token);
            stages.OnSuccess(AlertStage.Fallback);
            if (failing.Turn(false))
            {
                logger.FallbackRecovered(definition.Name);
            }

            return result;
        }
        catch (Exception exception) // whatever a loader throws is its callers' to see
        {
            var error = exception is OperationCanceledException && deadline.IsCancellationRequested
                ? new TimeoutException($"No answer within {definition.FallbackTimeout:c} (FallbackTimeout).", exception)
                : exception;
            stages.OnFailure(AlertStage.Fallback, error);
            if (failing.Turn(true))
            {
                logger.FallbackFailed(definition.Name, error);
            }

            throw new CacheFallbackException(definition.Name, error);
        }
    }

    private static InvalidDataException Unreadable(EntryIdentity entry) =>
        new($"What Redis holds for a key of cache '{entry.StoreKey.Cache}' is in no format that this silo can read.");
}
