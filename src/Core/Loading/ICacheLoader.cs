using CacheOrleans.Keys;

namespace CacheOrleans.Loading;

/// <summary>The registered fallback of a cache, which loads a value that neither memory nor the backing store has.
/// </summary>
public interface ICacheLoader
{
    /// <summary>Loads the value of one key, typically from a relational database.</summary>
    /// <param name="key">The key; its parameters are in template order.</param>
    /// <param name="cancellationToken">Canceled when the cache's <c>FallbackTimeout</c> has passed. It is never the
    /// token of one caller, because the result serves every caller that waits for the key.</param>
    /// <returns>The value, or <see cref="LoadResult.NotFound"/>.</returns>
    /// <remarks>An exception is returned to every caller that waits for the key, and is not cached.</remarks>
    ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken);

    /// <summary>Checks a key that fits the cache's template, before it becomes an entry.</summary>
    /// <param name="key">The key.</param>
    /// <returns>What is wrong with the key, as the message of the caller's <see cref="ArgumentException"/>; null if it
    /// is valid.</returns>
    string? Check(CacheKey key) => null;
}
