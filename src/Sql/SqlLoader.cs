using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Databases;
using CacheOrleans.Sql.Declarations;

namespace CacheOrleans.Sql;

/// <summary>Loads the values of one cache whose fallback is declared as SQL.</summary>
/// <remarks>Only a limited number of the cache's statements run at once, and further ones wait. So a locked table
/// cannot occupy all of the database's connections, and the rest stay available to other caches.</remarks>
internal sealed class SqlLoader(SqlFallback fallback, ISqlDatabase database, CacheLimits limits)
    : ICacheLoader, IDisposable
{
    private readonly JsonRows _rows = new(fallback, limits);
    private readonly SemaphoreSlim _slots = new(fallback.ConcurrencyOf(database.MaxStatements));

    /// <inheritdoc />
    public async ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken)
    {
        try
        {
            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await database.QueryAsync(fallback, key, _rows, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"Cache '{fallback.Cache}', {fallback.SqlPath}: the statement was stopped because it did not end "
                + $"within the cache's FallbackTimeout of {fallback.Timeout:c}.", exception);
        }
    }

    /// <inheritdoc />
    public string? Check(CacheKey key) => fallback.Parameters.Check(key);

    public void Dispose() => _slots.Dispose();
}
