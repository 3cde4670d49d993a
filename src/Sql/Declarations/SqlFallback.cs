using CacheOrleans.Sql.Statements;

namespace CacheOrleans.Sql.Declarations;

/// <summary>A fallback that is declared in configuration, checked as far as possible without the database.</summary>
/// <param name="Cache">The cache's name.</param>
/// <param name="Source">The database.</param>
/// <param name="Statement">The query; its parameters are those of the cache's key.</param>
/// <param name="Parameters">The types of the parameters.</param>
/// <param name="Rows">The shape of the value.</param>
/// <param name="Timeout">The cache's time limit for one run.</param>
/// <param name="MaxConcurrency">How many of the cache's statements run at once; null: a share of the database's limit.
/// </param>
internal sealed record SqlFallback(
    string Cache,
    SqlSource Source,
    SqlStatement Statement,
    SqlParameters Parameters,
    SqlRows Rows,
    TimeSpan Timeout,
    int? MaxConcurrency)
{
    /// <summary>The divisor of the share of a database's statements that one cache may use by default. With a quarter
    /// each, three caches whose statements hang leave capacity for the others.</summary>
    private const int DefaultDivisor = 4;

    /// <summary>The configuration path of the fallback's SQL, for messages.</summary>
    public string SqlPath => $"Caches:{Cache}:Fallback:Sql";

    /// <summary>Returns how many of the cache's statements may run at once.</summary>
    /// <param name="ofDatabase">How many statements the database runs at once.</param>
    public int ConcurrencyOf(int ofDatabase) => MaxConcurrency ?? Math.Max(1, ofDatabase / DefaultDivisor);

    /// <summary>Returns what is wrong with the names of the result's columns, or null.</summary>
    public static string? CheckColumns(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return "it returns no columns; a fallback must be a query";
        }

        var duplicate = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return duplicate is null
            ? null
            : $"two columns have the name '{duplicate.Key}'; rename one of them with 'as'";
    }
}
