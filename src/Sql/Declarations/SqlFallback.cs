using CacheOrleans.Sql.Statements;

namespace CacheOrleans.Sql.Declarations;

/// <summary>A fallback as configuration declares it, checked as far as that goes without the database.</summary>
/// <param name="Cache">The cache's name.</param>
/// <param name="Source">The database.</param>
/// <param name="Statement">The query; its parameters are the cache's.</param>
/// <param name="Parameters">The types of its parameters.</param>
/// <param name="Rows">What shape the value has.</param>
/// <param name="Timeout">The cache's time limit of one run.</param>
/// <param name="MaxConcurrency">How many of its statements run at once; null: a part of the database's.</param>
internal sealed record SqlFallback(
    string Cache,
    SqlSource Source,
    SqlStatement Statement,
    SqlParameters Parameters,
    SqlRows Rows,
    TimeSpan Timeout,
    int? MaxConcurrency)
{
    /// <summary>What part of a database's statements one cache may take by default, so that three that hang leave some
    /// to the others.</summary>
    private const int DefaultPart = 4;

    /// <summary>Where its SQL stands in configuration, for messages.</summary>
    public string SqlPath => $"Caches:{Cache}:Fallback:Sql";

    /// <summary>How many of its statements run at once.</summary>
    /// <param name="ofDatabase">How many the database runs at once.</param>
    public int ConcurrencyOf(int ofDatabase) => MaxConcurrency ?? Math.Max(1, ofDatabase / DefaultPart);

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
