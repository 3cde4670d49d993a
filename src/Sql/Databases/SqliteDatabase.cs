using System.Data.Common;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Declarations;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CacheOrleans.Sql.Databases;

/// <summary>Runs queries on SQLite through Microsoft.Data.Sqlite.</summary>
/// <remarks>Its calls block their thread, even the async ones, so they run on the thread pool, in limited number.
/// </remarks>
internal sealed class SqliteDatabase : ISqlDatabase, IDisposable
{
    /// <summary>How many steps SQLite's virtual machine makes between two checks of the cancellation token; they take
    /// well below 1 ms.</summary>
    private const int StepsBetweenChecks = 10_000;

    private readonly string _connectionString;
    private readonly SemaphoreSlim _slots;

    /// <exception cref="InvalidOperationException">Microsoft.Data.Sqlite rejects the connection string.</exception>
    public SqliteDatabase(SqlSource source, int maxConcurrentStatements)
    {
        _connectionString = ReadOnlyUnlessStated(source);
        _slots = new(maxConcurrentStatements);
        MaxStatements = maxConcurrentStatements;
    }

    /// <inheritdoc />
    public int MaxStatements { get; }

    /// <inheritdoc />
    public Task<LoadResult> QueryAsync(
        SqlFallback fallback, CacheKey key, JsonRows rows, CancellationToken cancellationToken) =>
        RunAsync(connection => Query(connection, fallback, key, rows, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> DescribeAsync(SqlFallback fallback, CancellationToken cancellationToken) =>
        RunAsync(
            connection => Task.FromResult(Describe(connection.Handle!, fallback.Statement.Text)), cancellationToken);

    /// <inheritdoc />
    public bool IsUnreachable(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR,
    };

    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        _slots.Dispose();
    }

    private static string ReadOnlyUnlessStated(SqlSource source)
    {
        try
        {
            var isStated = new DbConnectionStringBuilder { ConnectionString = source.ConnectionString }
                .ContainsKey("Mode");
            var builder = new SqliteConnectionStringBuilder(source.ConnectionString);
            builder.Mode = isStated ? builder.Mode : SqliteOpenMode.ReadOnly;
            return builder.ConnectionString;
        }
        catch (Exception)
        {
            // Catches everything: the driver rejects settings with exceptions of many types. None is passed on: its
            // message may quote the connection string.
            throw new InvalidOperationException(
                $"'ConnectionStrings:{source.Name}' has a setting that SQLite rejects.");
        }
    }

    private async Task<T> RunAsync<T>(Func<SqliteConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => WithConnectionAsync(work, cancellationToken), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<T> WithConnectionAsync<T>(
        Func<SqliteConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);

        // sqlite3_interrupt is not used: called between two statements it has no effect, or hits the connection's next
        // user.
        raw.sqlite3_progress_handler(
            connection.Handle, StepsBetweenChecks, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
        try
        {
            return await work(connection).ConfigureAwait(false);
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }

    private static async Task<LoadResult> Query(
        SqliteConnection connection,
        SqlFallback fallback,
        CacheKey key,
        JsonRows rows,
        CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = fallback.Statement.Text;
        command.CommandTimeout = (int)Math.Ceiling(fallback.Timeout.TotalSeconds);
        foreach (var (name, value) in key.Parameters)
        {
            // A UUID is sent as text, because Microsoft.Data.Sqlite would write it in capital letters.
            var typed = fallback.Parameters.ValueOf(name, value);
            command.Parameters.AddWithValue('@' + name, typed is Guid ? value : typed);
        }

        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await rows.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<string> Describe(sqlite3 database, string text)
    {
        var result = raw.sqlite3_prepare_v2(database, text, out var statement);
        using (statement)
        {
            SqliteException.ThrowExceptionForRC(result, database);
            return [.. Enumerable.Range(0, raw.sqlite3_column_count(statement))
                .Select(index => raw.sqlite3_column_name(statement, index).utf8_to_string())];
        }
    }
}
