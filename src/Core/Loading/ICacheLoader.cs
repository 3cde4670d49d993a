using CacheOrleans.Keys;

namespace CacheOrleans.Loading;

/// <summary>The registered fallback of a cache: what answers when neither memory nor the backing store knows.</summary>
public interface ICacheLoader
{
    /// <summary>Loads the value of one key, typically from a relational database.</summary>
    /// <param name="key">The key; its parameters are in template order.</param>
    /// <param name="cancellationToken">Fires when the cache's <c>FallbackTimeout</c> has passed. It is never the
    /// token of one caller: the result serves everyone who waits for the key.</param>
    /// <returns>The value, or <see cref="LoadResult.NotFound"/>.</returns>
    /// <remarks>An exception goes to everyone who waits for the key, and nothing is kept.</remarks>
    ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken);

    /// <summary>Checks a key that fits the cache's template, before it becomes an entry.</summary>
    /// <param name="key">The key.</param>
    /// <returns>What is wrong with it, for an <see cref="ArgumentException"/> of the caller; null: nothing.</returns>
    string? Check(CacheKey key) => null;
}
