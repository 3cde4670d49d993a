using Microsoft.Data.Sqlite;

namespace CacheOrleans.Catalog;

/// <summary>Builds the catalog as a SQLite file.</summary>
public static class CatalogBuilder
{
    /// <summary>The user's folder for the file; a temporary folder if the user has no home.</summary>
    public static string DefaultFolder
    {
        get
        {
            var home = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return home.Length > 0
                ? Path.Combine(home, "CacheOrleans")
                : Path.Combine(Path.GetTempPath(), $"CacheOrleans-{Environment.UserName}");
        }
    }

    /// <summary>Builds the file unless it already exists.</summary>
    /// <param name="folder">The folder of the file; it is created if it does not exist.</param>
    /// <param name="cancellationToken">Cancels the work and deletes what has been written.</param>
    /// <returns>The connection string of the file.</returns>
    /// <remarks>A file gets its final name when it is complete, so several processes may call this at the same time:
    /// each builds its own file, the first to finish renames its file, and the others use that one.</remarks>
    public static async Task<string> BuildAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"catalog-{CatalogData.Version}.db");
        if (!await IsCompleteAsync(path, cancellationToken))
        {
            var own = $"{path}.{Guid.NewGuid():N}.tmp";
            try
            {
                await WriteAsync(own, cancellationToken);
                await RenameAsync(own, path, cancellationToken);
            }
            finally
            {
                File.Delete(own);
            }
        }

        return new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ConnectionString;
    }

    private static async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWriteCreate));
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await CatalogWriter.WriteAsync(transaction, CatalogData.Collect(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task RenameAsync(string own, string path, CancellationToken cancellationToken)
    {
        try
        {
            File.Move(own, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first, unless the existing file is an old, damaged one.
            if (!await IsCompleteAsync(path, cancellationToken))
            {
                File.Move(own, path, overwrite: true);
            }
        }
    }

    private static async Task<bool> IsCompleteAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            await using var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadOnly));
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "select version from catalog_version";
            return await command.ExecuteScalarAsync(cancellationToken) is string version
                && version == CatalogData.Version;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static string ConnectionString(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString;
}
