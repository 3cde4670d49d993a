using System.Data.Common;

namespace CacheOrleans.Catalog;

/// <summary>Writes the catalog's tables into SQLite or PostgreSQL.</summary>
internal static class CatalogWriter
{
    /// <summary>Recreates the tables with all their rows, inside the given transaction.</summary>
    public static async Task WriteAsync(
        DbTransaction transaction, IReadOnlyList<CatalogTable> tables, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        foreach (var table in tables)
        {
            await using var create = connection.CreateCommand();
            create.Transaction = transaction;
            create.CommandText = $"drop table if exists {table.Name}; {table.CreateSql}";
            await create.ExecuteNonQueryAsync(cancellationToken);
            await InsertAsync(transaction, table, cancellationToken);
        }
    }

    private static async Task InsertAsync(
        DbTransaction transaction, CatalogTable table, CancellationToken cancellationToken)
    {
        await using var insert = transaction.Connection!.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = table.InsertSql;
        foreach (var row in table.Rows)
        {
            insert.Parameters.Clear();
            foreach (var (column, value) in table.Columns.Zip(row))
            {
                var parameter = insert.CreateParameter();
                parameter.ParameterName = column.Name;
                parameter.Value = value;
                insert.Parameters.Add(parameter);
            }

            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
