using System.Data.Common;
using CacheOrleans.Sql.Statements;

namespace CacheOrleans.Sql.Declarations;

/// <summary>A connection string, and the kind of database that it is for.</summary>
/// <remarks>Not a record: a record would print the connection string.</remarks>
internal sealed class SqlSource
{
    private SqlSource(string name, string connectionString, SqlDialect dialect)
    {
        Name = name;
        ConnectionString = connectionString;
        Dialect = dialect;
    }

    /// <summary>The name under <c>ConnectionStrings</c>.</summary>
    public string Name { get; }

    public string ConnectionString { get; }

    public SqlDialect Dialect { get; }

    /// <exception cref="ArgumentException">The text is for neither kind of database; the message does not repeat it.
    /// </exception>
    public static SqlSource Parse(string name, string connectionString)
    {
        var keywords = Keywords(connectionString);
        var isPostgres = keywords.Contains("Host") || keywords.Contains("Server");
        var isSqlite = keywords.Contains("Data Source") || keywords.Contains("DataSource")
            || keywords.Contains("Filename");
        return (isPostgres, isSqlite) switch
        {
            (true, false) => new(name, connectionString, SqlDialect.Postgres),
            (false, true) => new(name, connectionString, SqlDialect.Sqlite),
            _ => throw new ArgumentException(
                $"'ConnectionStrings:{name}' is for neither PostgreSQL ('Host=…;Database=…;Username=…;Password=…') "
                + "nor SQLite ('Data Source=…')."),
        };
    }

    private static HashSet<string> Keywords(string connectionString)
    {
        try
        {
            var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return builder.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            // The exception is not passed on: its message may quote the unreadable part, which may be a password.
            return [];
        }
    }
}
