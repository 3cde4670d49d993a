using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Declarations;

namespace CacheOrleans.Sql.Databases;

/// <summary>Runs queries on one database.</summary>
internal interface ISqlDatabase
{
    /// <summary>How many statements it runs at once; others wait.</summary>
    int MaxStatements { get; }

    /// <summary>Runs a fallback with a key's parameters as data.</summary>
    /// <remarks>When the token fires, the work in the database ends too, before this does.</remarks>
    Task<LoadResult> QueryAsync(SqlFallback fallback, CacheKey key, JsonRows rows, CancellationToken cancellationToken);

    /// <summary>Has the database check a statement without running it, and gives the names of its columns.</summary>
    Task<IReadOnlyList<string>> DescribeAsync(SqlFallback fallback, CancellationToken cancellationToken);

    /// <summary>Whether an error says that the database cannot be reached, rather than that it rejects something.
    /// </summary>
    bool IsUnreachable(Exception exception);
}
