namespace CacheOrleans.Sql.Statements;

/// <summary>Whose rules a statement's text follows.</summary>
internal enum SqlDialect
{
    Sqlite,
    Postgres,
}
