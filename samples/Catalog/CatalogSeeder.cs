using System.Data;
using Npgsql;

namespace CacheOrleans.Catalog;

/// <summary>Writes the catalog into PostgreSQL.</summary>
public static class CatalogSeeder
{
    /// <summary>The key of the advisory lock: any number that all versions of this program share.</summary>
    private const long LockKey = 0x636174616C6F67;

    /// <summary>Writes all tables in one transaction, unless the database already has this version of them.</summary>
    /// <param name="connectionString">The database, in Npgsql's form.</param>
    /// <param name="cancellationToken">Cancels the work; nothing has changed then.</param>
    /// <remarks>Several processes may call this at the same time: one writes, the others wait for it.</remarks>
    /// <returns>Whether anything was written.</returns>
    public static async Task<bool> SeedAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.ReadCommitted, cancellationToken);
        await using var take = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction);
        take.Parameters.AddWithValue(LockKey);
        await take.ExecuteNonQueryAsync(cancellationToken);
        if (await ReadVersionAsync(connection, transaction, cancellationToken) == CatalogData.Version)
        {
            return false;
        }

        await CatalogWriter.WriteAsync(transaction, CatalogData.Collect(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<string?> ReadVersionAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(
            "select to_regclass('catalog_version') is not null", connection, transaction);
        if (await find.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return null;
        }

        await using var read = new NpgsqlCommand("select version from catalog_version", connection, transaction);
        return await read.ExecuteScalarAsync(cancellationToken) as string;
    }
}
