using System.Data;
using System.Net.Sockets;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Declarations;
using CacheOrleans.Sql.Statements;
using Npgsql;
using NpgsqlTypes;

namespace CacheOrleans.Sql.Databases;

/// <summary>PostgreSQL, over Npgsql.</summary>
internal sealed class PostgresDatabase : ISqlDatabase, IDisposable
{
    private readonly NpgsqlDataSource _dataSource;

    /// <exception cref="InvalidOperationException">The connection string is none of Npgsql's.</exception>
    public PostgresDatabase(SqlSource source)
    {
        try
        {
            _dataSource = NpgsqlDataSource.Create(source.ConnectionString);
        }
        catch (ArgumentException)
        {
            // Neither its message nor itself as inner exception: both may quote the connection string.
            throw new InvalidOperationException($"'ConnectionStrings:{source.Name}' has a setting Npgsql refuses.");
        }
    }

    /// <inheritdoc />
    public async Task<LoadResult> QueryAsync(
        SqlFallback fallback, CacheKey key, JsonRows rows, CancellationToken cancellationToken)
    {
        using var command = CreateCommand(fallback.Statement, name => ValueOf(key, name));
        command.CommandTimeout = (int)Math.Ceiling(fallback.Timeout.TotalSeconds) + 1;
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = reader.ConfigureAwait(false);
        return await rows.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> DescribeAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        using var command = CreateCommand(statement, _ => string.Empty);
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken)
            .ConfigureAwait(false);
        await using var disposal = reader.ConfigureAwait(false);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    /// <inheritdoc />
    public bool IsUnreachable(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient,
        NpgsqlException or SocketException or TimeoutException => true,
        _ => false,
    };

    public void Dispose() => _dataSource.Dispose();

    private static string ValueOf(CacheKey key, string name) =>
        key.Parameters.First(parameter => parameter.Name.AsSpan().SequenceEqual(name.AsSpan(1))).Value;

    private NpgsqlCommand CreateCommand(SqlStatement statement, Func<string, string> valueOf)
    {
        var command = _dataSource.CreateCommand(statement.ToPositional());
        foreach (var name in statement.Parameters)
        {
            // Of no stated type, as a literal in the SQL would be: an integer column takes the text '42'.
            command.Parameters.Add(new() { Value = valueOf(name), NpgsqlDbType = NpgsqlDbType.Unknown });
        }

        return command;
    }
}
