using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Reads;
using CacheOrleans.Definitions;
using CacheOrleans.Tags;

namespace CacheOrleans.Client;

/// <summary>Implements <see cref="ICacheClient"/>: reads that no copy can answer, and writes, go to the owners of the
/// entries.</summary>
internal sealed class CacheClient(ClientCaches caches, CacheReads reads, OwnerWrites writes, TimeSpan nearLease)
    : ICacheClient
{
    /// <summary>The caches, with their copies.</summary>
    public ClientCaches Caches => caches;

    /// <summary>How long a copy is kept at most.</summary>
    public TimeSpan NearLease => nearLease;

    /// <summary>Reads with custom <see cref="ReadOptions"/>.</summary>
    public CacheReads Reads => reads;

    /// <summary>Writes with custom calls to the owners.</summary>
    public OwnerWrites Writes => writes;

    /// <inheritdoc />
    ValueTask<T?> ICacheClient.ReadAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken)
        where T : default
    {
        ArgumentNullException.ThrowIfNull(definition);
        var options = new ReadOptions(EntryDemand.Loaded, nearLease);
        try
        {
            return reads.ReadAsync(reads.CallOf(definition, key, options), cancellationToken);
        }
        // Any exception is returned through the task, so that callers see it when they await.
        catch (Exception exception)
        {
            return Failed<T?>(exception);
        }
    }

    /// <inheritdoc />
    ValueTask<T?> ICacheClient.ReadWithFallbackAsync<TKey, TState, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T?>> fallback,
        CacheCallOptions? options,
        CancellationToken cancellationToken)
        where T : default
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(fallback);
        try
        {
            return reads.ReadAsync(
                reads.CallOf(definition, key, Options(definition, options), state, fallback), cancellationToken);
        }
        // Any exception is returned through the task, so that callers see it when they await.
        catch (Exception exception)
        {
            return Failed<T?>(exception);
        }
    }

    /// <inheritdoc />
    async ValueTask<CacheResult<T>> ICacheClient.TryReadAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var options = new ReadOptions(EntryDemand.Stored, nearLease);
        return await reads.TryReadAsync(reads.CallOf(definition, key, options), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<WriteOutcome> SetAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        T value,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(value);
        var cache = caches.Of(definition);
        var write = new CacheWrite(
            cache.Serialize(value),
            options?.TimeToLive,
            options?.WriteThrough ?? false,
            CacheTags.Of(options?.Tags),
            options?.SlidingExpiration,
            cache.Declaration?.Life,
            cache.Fingerprint,
            Guid.NewGuid());
        return await writes.ChangeAsync(
            cache.TextOf(key), cache, owner => owner.SetAsync(write), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<WriteOutcome> RemoveAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull => ChangeAsync(definition, key, static owner => owner.RemoveAsync(), cancellationToken);

    /// <inheritdoc />
    public ValueTask<WriteOutcome> ExpireAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull => ChangeAsync(definition, key, static owner => owner.ExpireAsync(), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<TKey, T>> GetManyAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        IReadOnlyCollection<TKey> keys,
        CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(keys);
        var options = new ReadOptions(EntryDemand.Loaded, nearLease);
        return reads.ReadManyAsync(definition, keys, options, fallback: null, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<TKey, T>> GetManyWithFallbackAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        IReadOnlyCollection<TKey> keys,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(fallback);
        return reads.ReadManyAsync(definition, keys, Options(definition, options), fallback, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        if (CacheTags.Check(tag) is { } error)
        {
            throw new ArgumentException(error, nameof(tag));
        }

        await writes.InvalidateTagAsync(tag, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns an error from the start of a call through the task. The calling methods are not async, which
    /// saves each read a state machine.</summary>
    private static ValueTask<T> Failed<T>(Exception exception) =>
        exception is OperationCanceledException { CancellationToken: { IsCancellationRequested: true } token }
            ? ValueTask.FromCanceled<T>(token)
            : ValueTask.FromException<T>(exception);

    private async ValueTask<WriteOutcome> ChangeAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        Func<ICacheEntryGrain, Task<WriteOutcome>> change,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(definition);
        var cache = caches.Of(definition);
        return await writes.ChangeAsync(cache.TextOf(key), cache, change, cancellationToken)
            .ConfigureAwait(false);
    }

    private ReadOptions Options(CacheDefinition definition, CacheCallOptions? options)
    {
        if (options is null)
        {
            return new(EntryDemand.Leased, nearLease, definition.FallbackTimeout);
        }

        if (options.TimeToLive is { } life)
        {
            definition.CheckTimeToLive(life);
        }

        if (options.SlidingExpiration is not null)
        {
            throw new ArgumentException(
                $"Cache '{definition.Name}': {nameof(options.SlidingExpiration)} applies to a set and is not allowed "
                + "for a read.",
                nameof(options));
        }

        var limit = options.FallbackTimeout ?? definition.FallbackTimeout;
        if (limit < TimeSpan.FromMilliseconds(1) || limit > CacheCallOptions.MaxFallbackTimeout)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"Cache '{definition.Name}': {nameof(options.FallbackTimeout)} must be from 00:00:00.001 to "
                + $"{CacheCallOptions.MaxFallbackTimeout:c}; got {limit:c}.");
        }

        var lease = options.NearLease is { } wanted && wanted < nearLease ? wanted : nearLease;
        return new(EntryDemand.Leased, lease, limit, options.TimeToLive, CacheTags.Of(options.Tags));
    }
}
