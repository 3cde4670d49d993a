namespace CacheOrleans.Sql.Statements;

/// <summary>The SQL dialect of a statement's text.</summary>
internal enum SqlDialect
{
    Sqlite,
    Postgres,
}
