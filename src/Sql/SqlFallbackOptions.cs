using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Sql;

/// <summary>How the fallbacks that are declared as SQL use their databases.</summary>
public sealed class SqlFallbackOptions
{
    /// <summary>The configuration section that these options are read from.</summary>
    public const string SectionName = "SqlFallbacks";

    /// <summary>How many statements run at once on one SQLite database; further statements wait.</summary>
    /// <value>The default value is 16; 1 to 1024.</value>
    /// <remarks>A SQLite statement occupies a thread while it runs. For PostgreSQL the <c>Maximum Pool Size</c> of the
    /// connection string is the limit.</remarks>
    [Range(1, 1024)]
    public int MaxConcurrentSqliteStatements { get; set; } = 16;

    /// <summary>How long the check of all statements may delay the start.</summary>
    /// <value>The default value is 5 seconds; 100 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan StartCheckTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
