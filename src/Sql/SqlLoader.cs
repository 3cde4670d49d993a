using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Databases;
using CacheOrleans.Sql.Declarations;

namespace CacheOrleans.Sql;

/// <summary>The loader of one cache whose fallback is declared as SQL.</summary>
internal sealed class SqlLoader(SqlFallback fallback, ISqlDatabase database, CacheLimits limits) : ICacheLoader
{
    private readonly JsonRows _rows = new(fallback, limits);

    /// <inheritdoc />
    public async ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await database.QueryAsync(fallback, key, _rows, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"Cache '{fallback.Cache}', {fallback.SqlPath}: stopped, it had not ended within the cache's "
                + $"FallbackTimeout of {fallback.Timeout:c}.", exception);
        }
    }
}
