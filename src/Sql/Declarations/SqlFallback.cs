using CacheOrleans.Sql.Statements;

namespace CacheOrleans.Sql.Declarations;

/// <summary>A fallback as configuration declares it, checked as far as that goes without the database.</summary>
/// <param name="Cache">The cache's name.</param>
/// <param name="Source">The database.</param>
/// <param name="Statement">The query; its parameters are the cache's.</param>
/// <param name="Rows">What shape the value has.</param>
/// <param name="Timeout">The cache's time limit of one run.</param>
internal sealed record SqlFallback(
    string Cache, SqlSource Source, SqlStatement Statement, SqlRows Rows, TimeSpan Timeout)
{
    /// <summary>Where its SQL stands in configuration, for messages.</summary>
    public string SqlPath => $"Caches:{Cache}:Fallback:Sql";

    /// <summary>Returns what is wrong with the names of the answer's columns, or null.</summary>
    public static string? CheckColumns(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return "it gives no columns; a fallback is a query";
        }

        var twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? null
            : $"two columns have the name '{twice.Key}'; give one another name with 'as'";
    }
}
