using CacheOrleans.Alerts;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Entries;

/// <summary>Runs the registered fallbacks, and records how fallbacks end, including those that clients run.</summary>
internal sealed class EntryFallback(IOptions<CacheLimits> limits, TimeProvider time, ILogger<EntryFallback> logger)
{
    /// <summary>Runs a cache's own fallback within its time limit.</summary>
    /// <remarks>It runs without a caller's token, because its result serves every caller that waits for the key.
    /// </remarks>
    /// <exception cref="CacheFallbackException">The fallback failed, or took too long.</exception>
    public async Task<LoadResult> RunAsync(SiloCache cache, CacheKey key, ICacheLoader loader)
    {
        var definition = cache.Definition;
        cache.Meter.OnFallback();
        using var deadline = new CancellationTokenSource(definition.FallbackTimeout, time);
        try
        {
            // Not on the grain's scheduler: a loader that blocks must not hold up the entry's other calls.
            var result = await Task.Run(() => loader.LoadAsync(key, deadline.Token).AsTask())
                .WaitAsync(deadline.Token);
            OnSuccess(cache);
            return result;
        }
        catch (Exception exception) // a loader may throw anything, and its callers must see it
        {
            var error = exception is OperationCanceledException && deadline.IsCancellationRequested
                ? new TimeoutException(
                    $"No response within {definition.FallbackTimeout:c} (the cache's FallbackTimeout).", exception)
                : exception;
            OnFailure(cache, error);
            throw new CacheFallbackException(definition.Name, error);
        }
    }

    /// <summary>Records that a fallback has succeeded.</summary>
    public void OnSuccess(SiloCache cache)
    {
        cache.Stages.OnSuccess(AlertStage.Fallback);
        if (cache.Failing.Turn(false))
        {
            logger.FallbackRecovered(cache.Definition.Name);
        }
    }

    /// <summary>Records that a fallback has failed.</summary>
    public void OnFailure(SiloCache cache, Exception error)
    {
        cache.Stages.OnFailure(AlertStage.Fallback, error);
        if (cache.Failing.Turn(true))
        {
            logger.FallbackFailed(cache.Definition.Name, error);
        }
    }

    /// <summary>Whether the result of a fallback may be kept. A value over the limit is still returned to the callers,
    /// and logged once.</summary>
    public bool IsKeepable(SiloCache cache, LoadResult result)
    {
        var error = limits.Value.CheckValue(cache.Definition.Name, result.Value?.Length ?? 0);
        if (cache.TooLarge.Turn(error is not null) && error is not null)
        {
            logger.ValueNotKept(error);
        }

        return error is null;
    }
}
