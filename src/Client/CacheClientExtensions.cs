using CacheOrleans.Definitions;

namespace CacheOrleans.Client;

/// <summary>Overloads of <see cref="ICacheClient"/> with fewer parameters.</summary>
public static class CacheClientExtensions
{
    /// <summary>Reads a value; if it is missing, loads it with a fallback that takes the key.</summary>
    /// <param name="client">The client.</param>
    /// <param name="definition">The cache.</param>
    /// <param name="key">The key, which is passed to the fallback.</param>
    /// <param name="fallback">Loads the value.</param>
    /// <param name="options">Overrides for this call; null: the definition's.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <inheritdoc cref="ICacheClient.GetWithFallbackAsync" path="/returns" />
    public static ValueTask<T?> GetWithFallbackAsync<TKey, T>(
        this ICacheClient client,
        CacheDefinition<TKey, T> definition,
        TKey key,
        Func<TKey, CancellationToken, ValueTask<T?>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetWithFallbackAsync(definition, key, key, fallback, options, cancellationToken);
    }

    /// <summary>Reads the value of a cache with one entry, and loads it with a fallback when it is missing.</summary>
    /// <inheritdoc cref="GetWithFallbackAsync{TKey, T}" />
    public static ValueTask<T?> GetWithFallbackAsync<T>(
        this ICacheClient client,
        CacheDefinition<T> definition,
        Func<CancellationToken, ValueTask<T?>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetWithFallbackAsync(
            definition,
            default,
            fallback,
            static (load, stopping) => load(stopping),
            options,
            cancellationToken);
    }

    /// <summary>Reads the value of a cache with one entry.</summary>
    /// <inheritdoc cref="ICacheClient.GetAsync" />
    public static ValueTask<T?> GetAsync<T>(
        this ICacheClient client, CacheDefinition<T> definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetAsync(definition, default, cancellationToken);
    }

    /// <summary>Reads the stored value of a cache with one entry, and loads nothing.</summary>
    /// <inheritdoc cref="ICacheClient.TryGetAsync" />
    public static ValueTask<CacheResult<T>> TryGetAsync<T>(
        this ICacheClient client, CacheDefinition<T> definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.TryGetAsync(definition, default, cancellationToken);
    }

    /// <summary>Sets the value of a cache with one entry.</summary>
    /// <inheritdoc cref="ICacheClient.SetAsync" />
    public static ValueTask<WriteOutcome> SetAsync<T>(
        this ICacheClient client,
        CacheDefinition<T> definition,
        T value,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.SetAsync(definition, default, value, options, cancellationToken);
    }

    /// <summary>Removes the value of a cache with one entry.</summary>
    /// <inheritdoc cref="ICacheClient.RemoveAsync" />
    public static ValueTask<WriteOutcome> RemoveAsync<T>(
        this ICacheClient client, CacheDefinition<T> definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.RemoveAsync(definition, default, cancellationToken);
    }

    /// <summary>Ends the life of the value of a cache with one entry now.</summary>
    /// <inheritdoc cref="ICacheClient.ExpireAsync" />
    public static ValueTask<WriteOutcome> ExpireAsync<T>(
        this ICacheClient client, CacheDefinition<T> definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.ExpireAsync(definition, default, cancellationToken);
    }
}
