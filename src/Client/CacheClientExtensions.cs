using CacheOrleans.Definitions;

namespace CacheOrleans.Client;

/// <summary>Shorter calls of <see cref="ICacheClient"/>.</summary>
public static class CacheClientExtensions
{
    /// <summary>Reads a value, and loads it with a fallback of the key when it is missing.</summary>
    /// <param name="client">The client.</param>
    /// <param name="definition">The cache.</param>
    /// <param name="key">The key, which the fallback is given.</param>
    /// <param name="fallback">Loads the value.</param>
    /// <param name="options">What is special about this call; null: nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
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

    /// <summary>Reads the value of a cache with one entry from where it is kept.</summary>
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

    /// <summary>Ends the life of the value of a cache with one entry.</summary>
    /// <inheritdoc cref="ICacheClient.ExpireAsync" />
    public static ValueTask<WriteOutcome> ExpireAsync<T>(
        this ICacheClient client, CacheDefinition<T> definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.ExpireAsync(definition, default, cancellationToken);
    }
}
