using CacheOrleans.Keys;

namespace CacheOrleans.Client;

/// <summary>Overloads of <see cref="ICacheClient"/> for a key that is known only by its canonical text, such as
/// <c>country/v1?code=KR</c>.</summary>
/// <remarks>The cache must be registered in the silos. A text that is not a key, or not canonical, causes an
/// <see cref="ArgumentException"/>, and so does a cache that no silo knows.</remarks>
public static class CacheClientTextExtensions
{
    /// <inheritdoc cref="ICacheClient.GetAsync" />
    public static ValueTask<T?> GetAsync<T>(
        this ICacheClient client, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetAsync(TextDefinition<T>.Instance, key, cancellationToken);
    }

    /// <inheritdoc cref="ICacheClient.GetAsync" />
    public static ValueTask<T?> GetAsync<T>(
        this ICacheClient client, CacheKey key, CancellationToken cancellationToken = default) =>
        client.GetAsync<T>(TextOf(key), cancellationToken);

    /// <inheritdoc cref="CacheClientExtensions.GetWithFallbackAsync{TKey, T}" />
    public static ValueTask<T?> GetWithFallbackAsync<T>(
        this ICacheClient client,
        string key,
        Func<string, CancellationToken, ValueTask<T?>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetWithFallbackAsync(
            TextDefinition<T>.Instance, key, key, fallback, options, cancellationToken);
    }

    /// <inheritdoc cref="CacheClientExtensions.GetWithFallbackAsync{TKey, T}" />
    public static ValueTask<T?> GetWithFallbackAsync<T>(
        this ICacheClient client,
        CacheKey key,
        Func<CacheKey, CancellationToken, ValueTask<T?>> fallback,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetWithFallbackAsync(
            TextDefinition<T>.Instance, TextOf(key), key, fallback, options, cancellationToken);
    }

    /// <inheritdoc cref="ICacheClient.TryGetAsync" />
    public static ValueTask<CacheResult<T>> TryGetAsync<T>(
        this ICacheClient client, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.TryGetAsync(TextDefinition<T>.Instance, key, cancellationToken);
    }

    /// <inheritdoc cref="ICacheClient.TryGetAsync" />
    public static ValueTask<CacheResult<T>> TryGetAsync<T>(
        this ICacheClient client, CacheKey key, CancellationToken cancellationToken = default) =>
        client.TryGetAsync<T>(TextOf(key), cancellationToken);

    /// <inheritdoc cref="ICacheClient.SetAsync" />
    public static ValueTask<WriteOutcome> SetAsync<T>(
        this ICacheClient client,
        string key,
        T value,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.SetAsync(TextDefinition<T>.Instance, key, value, options, cancellationToken);
    }

    /// <inheritdoc cref="ICacheClient.SetAsync" />
    public static ValueTask<WriteOutcome> SetAsync<T>(
        this ICacheClient client,
        CacheKey key,
        T value,
        CacheCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        client.SetAsync(TextOf(key), value, options, cancellationToken);

    /// <inheritdoc cref="ICacheClient.RemoveAsync" />
    public static ValueTask<WriteOutcome> RemoveAsync(
        this ICacheClient client, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.RemoveAsync(TextDefinition<object>.Instance, key, cancellationToken);
    }

    /// <inheritdoc cref="ICacheClient.RemoveAsync" />
    public static ValueTask<WriteOutcome> RemoveAsync(
        this ICacheClient client, CacheKey key, CancellationToken cancellationToken = default) =>
        client.RemoveAsync(TextOf(key), cancellationToken);

    /// <inheritdoc cref="ICacheClient.ExpireAsync" />
    public static ValueTask<WriteOutcome> ExpireAsync(
        this ICacheClient client, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.ExpireAsync(TextDefinition<object>.Instance, key, cancellationToken);
    }

    /// <inheritdoc cref="ICacheClient.ExpireAsync" />
    public static ValueTask<WriteOutcome> ExpireAsync(
        this ICacheClient client, CacheKey key, CancellationToken cancellationToken = default) =>
        client.ExpireAsync(TextOf(key), cancellationToken);

    private static string TextOf(CacheKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Text;
    }
}
