using CacheOrleans.Client.Caches;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client;

/// <summary>Reads and writes cached values: a read tries this process's copies, then the cluster, then the
/// fallback.</summary>
/// <remarks>
/// <para>A missing value is loaded once in the cluster, however many callers need it: one caller runs its fallback, and
/// the others get its value or the error that it threw. A caller that gives up does not end the load. While the
/// fallback works, no call fails because the cluster or Redis is unavailable: the fallback then runs once in each
/// process that reads the key.</para>
/// <para>Errors: <see cref="ArgumentException"/> for a key that breaks a limit, <see cref="ObjectDisposedException"/>
/// after the client was disposed, <see cref="OperationCanceledException"/> for the caller's own token.
/// Thread-safe.</para>
/// <para>The methods that a copy can answer have their bodies here, because calling a generic interface method costs
/// more than the rest of a hit. A test double implements only the other methods.</para>
/// </remarks>
public interface ICacheClient
{
    /// <summary>The client's caches with their copies; null if another class implements the client.</summary>
    internal ClientCaches? Caches => null;

    /// <summary>Reads a value; a fallback that is registered in the silos loads it when it is missing.</summary>
    /// <returns>The value; the default of the type when there is none.</returns>
    /// <exception cref="CacheFallbackException">The registered fallback failed.</exception>
    /// <exception cref="InvalidDataException">The value that it loads cannot be read as the type.</exception>
    /// <exception cref="CacheUnavailableException">The cluster cannot be reached.</exception>
    sealed ValueTask<T?> GetAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Caches?.Find(definition, key) is { } copy
            ? new(copy.Read())
            : ReadAsync(definition, key, cancellationToken);
    }

    /// <summary>Reads a value, and loads it with the caller's fallback when it is missing.</summary>
    /// <param name="definition">The cache.</param>
    /// <param name="key">The key.</param>
    /// <param name="state">Passed to the fallback.</param>
    /// <param name="fallback">Loads the value. It runs in the caller's context (<c>Activity</c>, culture). Its token
    /// fires when the client is disposed, not when a caller gives up. <see langword="null"/> means that there is no
    /// value, which is cached for a short while.</param>
    /// <param name="options">Overrides for this call; null: the definition's.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <returns>The value; the default of the type when there is none.</returns>
    sealed ValueTask<T?> GetWithFallbackAsync<TKey, TState, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T?>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(definition);
        return (options is null || options.UsesCopies) && Caches?.Find(definition, key) is { } copy
            ? new(copy.Read())
            : ReadWithFallbackAsync(definition, key, state, fallback, options, cancellationToken);
    }

    /// <summary>Reads a stored value, and loads nothing.</summary>
    /// <returns>The value, or that there is none, which is also the result when the cluster cannot be
    /// reached.</returns>
    sealed ValueTask<CacheResult<T>> TryGetAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Caches?.Find(definition, key) is { } copy
            ? new(new CacheResult<T>(copy.IsFound, copy.Read()))
            : TryReadAsync(definition, key, cancellationToken);
    }

    /// <summary>Does the same as <see cref="GetAsync"/> without this process's copies.</summary>
    protected internal ValueTask<T?> ReadAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Does the same as <see cref="GetWithFallbackAsync"/> without this process's copies.</summary>
    protected internal ValueTask<T?> ReadWithFallbackAsync<TKey, TState, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T?>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Does the same as <see cref="TryGetAsync"/> without this process's copies.</summary>
    protected internal ValueTask<CacheResult<T>> TryReadAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Sets a value. A load that runs at the same time does not overwrite it.</summary>
    /// <exception cref="ArgumentException">The value is over the size limit, or a time is out of range.</exception>
    /// <exception cref="CacheUnavailableException">The cluster cannot be reached; it is unknown whether the value was
    /// set.</exception>
    ValueTask<WriteOutcome> SetAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        T value,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Removes a value. A load that runs at the same time does not restore it.</summary>
    /// <exception cref="CacheUnavailableException">The cluster cannot be reached; it is unknown whether the value was
    /// removed.</exception>
    ValueTask<WriteOutcome> RemoveAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Ends the life of a value now; the next read loads it again.</summary>
    /// <exception cref="CacheUnavailableException">The cluster cannot be reached.</exception>
    ValueTask<WriteOutcome> ExpireAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Reads many values; fallbacks that are registered in the silos load the missing ones.</summary>
    /// <returns>The values that exist, by key.</returns>
    ValueTask<IReadOnlyDictionary<TKey, T>> GetManyAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        IReadOnlyCollection<TKey> keys,
        CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Reads many values, and loads only the missing ones, in one call of the fallback.</summary>
    /// <param name="definition">The cache.</param>
    /// <param name="keys">The keys; duplicates are read once.</param>
    /// <param name="fallback">Loads the values of the keys that it is given; a key that its result omits has no value.
    /// It is not given keys that another caller is already loading.</param>
    /// <param name="options">Overrides for this call; null: the definition's.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <returns>The values that exist, by key.</returns>
    ValueTask<IReadOnlyDictionary<TKey, T>> GetManyWithFallbackAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        IReadOnlyCollection<TKey> keys,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Ends the life of every value that has a tag, in the whole cluster. Every value has the tag
    /// <c>*</c>.</summary>
    /// <exception cref="CacheUnavailableException">The cluster cannot be reached.</exception>
    ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default);
}
