using CacheOrleans.Client.Caches;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client;

/// <summary>The cache as applications use it: this process's own copies, then the cluster, then the fallback.</summary>
/// <remarks>
/// <para>A missing value is loaded once in the cluster, however many ask: one caller runs its fallback, and the others
/// get what it found or the error it threw. A caller that gives up does not end the load. No call fails because the
/// cluster or Redis is away, as long as the fallback works: then it runs once in each process that asks.</para>
/// <para>Errors: <see cref="ArgumentException"/> for a key that breaks a limit, <see cref="ObjectDisposedException"/>
/// after the client was disposed, <see cref="OperationCanceledException"/> for the caller's own token.
/// Thread-safe.</para>
/// <para>The calls that copies can answer have bodies here, for a call of a generic method of an interface costs more
/// than all else of a hit. What stands in for a client in a test has the others alone.</para>
/// </remarks>
public interface ICacheClient
{
    /// <summary>The client's caches with their copies; null where the client is another's.</summary>
    internal ClientCaches? Caches => null;

    /// <summary>Reads a value; a fallback that is registered in the silos loads it when it is missing.</summary>
    /// <returns>The value; the default of the type when there is none.</returns>
    /// <exception cref="CacheFallbackException">The registered fallback failed.</exception>
    /// <exception cref="InvalidDataException">What it loads cannot be read as the type.</exception>
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

    /// <summary>Reads a value, and loads it with a fallback of the caller's when it is missing.</summary>
    /// <param name="definition">The cache.</param>
    /// <param name="key">The key.</param>
    /// <param name="state">What the fallback is given.</param>
    /// <param name="fallback">Loads the value. It runs in the caller's context (<c>Activity</c>, culture). Its token
    /// fires when the client is disposed, not when a caller gives up. <see langword="null"/> means that there is no
    /// value, which is remembered for a short while.</param>
    /// <param name="options">What is special about this call; null: nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
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

    /// <summary>Reads a value from where it is kept, and loads nothing.</summary>
    /// <returns>The value, or that there is none; also when the cluster cannot be reached.</returns>
    sealed ValueTask<CacheResult<T>> TryGetAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Caches?.Find(definition, key) is { } copy
            ? new(new CacheResult<T>(copy.IsFound, copy.Read()))
            : TryReadAsync(definition, key, cancellationToken);
    }

    /// <summary><see cref="GetAsync"/>, past this process's copies.</summary>
    ValueTask<T?> ReadAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary><see cref="GetWithFallbackAsync"/>, past this process's copies.</summary>
    ValueTask<T?> ReadWithFallbackAsync<TKey, TState, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T?>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary><see cref="TryGetAsync"/>, past this process's copies.</summary>
    ValueTask<CacheResult<T>> TryReadAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Sets a value; a load that runs meanwhile does not undo it.</summary>
    /// <exception cref="ArgumentException">The value is over the limit, or a time out of range.</exception>
    /// <exception cref="CacheUnavailableException">The cluster cannot be reached; whether it was set is not known.
    /// </exception>
    ValueTask<WriteOutcome> SetAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        T value,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Removes a value; a load that runs meanwhile does not bring it back.</summary>
    /// <exception cref="CacheUnavailableException">The cluster cannot be reached; whether it was removed is not known.
    /// </exception>
    ValueTask<WriteOutcome> RemoveAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Ends the life of a value now; the next read loads it again.</summary>
    /// <exception cref="CacheUnavailableException">The cluster cannot be reached.</exception>
    ValueTask<WriteOutcome> ExpireAsync<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Reads many values; fallbacks that are registered in the silos load what is missing.</summary>
    /// <returns>The values that there are, by key.</returns>
    ValueTask<IReadOnlyDictionary<TKey, T>> GetManyAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        IReadOnlyCollection<TKey> keys,
        CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Reads many values, and loads the missing ones, and those alone, in one call of the fallback.</summary>
    /// <param name="definition">The cache.</param>
    /// <param name="keys">The keys; one that stands there twice counts once.</param>
    /// <param name="fallback">Loads values of some of the keys; a key that it leaves out has none. Keys that another
    /// caller is already loading are not among them.</param>
    /// <param name="options">What is special about this call; null: nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The values that there are, by key.</returns>
    ValueTask<IReadOnlyDictionary<TKey, T>> GetManyWithFallbackAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        IReadOnlyCollection<TKey> keys,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull;

    /// <summary>Ends the life of every value that has a tag, in the whole cluster; <c>*</c> is a tag that every value
    /// has.</summary>
    /// <exception cref="CacheUnavailableException">The cluster cannot be reached.</exception>
    ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default);
}
