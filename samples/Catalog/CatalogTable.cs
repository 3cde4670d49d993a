namespace CacheOrleans.Catalog;

/// <summary>One table of the catalog, in the SQL that SQLite and PostgreSQL share.</summary>
/// <param name="Name">The name of the table.</param>
/// <param name="Columns">The columns with their types; the first is the primary key.</param>
/// <param name="Rows">The rows; the values are in the order of the columns.</param>
internal sealed record CatalogTable(string Name, (string Name, string Type)[] Columns, IReadOnlyList<object[]> Rows)
{
    public string CreateSql =>
        $"create table {Name} ({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type} not null"))}, "
        + $"primary key ({Columns[0].Name}))";

    public string InsertSql =>
        $"insert into {Name} values ({string.Join(", ", Columns.Select(column => $"@{column.Name}"))})";
}
