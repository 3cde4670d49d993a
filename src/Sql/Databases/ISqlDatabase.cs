using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Declarations;

namespace CacheOrleans.Sql.Databases;

/// <summary>Runs queries on one database.</summary>
internal interface ISqlDatabase
{
    /// <summary>How many statements the database runs at once; further statements wait.</summary>
    int MaxStatements { get; }

    /// <summary>Runs a fallback, passing the key's parameters as data.</summary>
    /// <remarks>On cancellation, the work in the database ends before this task does.</remarks>
    Task<LoadResult> QueryAsync(SqlFallback fallback, CacheKey key, JsonRows rows, CancellationToken cancellationToken);

    /// <summary>Lets the database check a statement without running it, and returns the names of its columns.</summary>
    Task<IReadOnlyList<string>> DescribeAsync(SqlFallback fallback, CancellationToken cancellationToken);

    /// <summary>Whether an error means that the database cannot be reached, rather than that it rejects the statement.
    /// </summary>
    bool IsUnreachable(Exception exception);
}
