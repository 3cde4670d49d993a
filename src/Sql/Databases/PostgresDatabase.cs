using System.Data;
using System.Globalization;
using System.Net.Sockets;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Declarations;
using Npgsql;
using NpgsqlTypes;

namespace CacheOrleans.Sql.Databases;

/// <summary>Runs queries on PostgreSQL through Npgsql.</summary>
internal sealed class PostgresDatabase : ISqlDatabase, IDisposable
{
    private const NpgsqlDbType Unknown = NpgsqlDbType.Unknown;

    private readonly NpgsqlDataSource _dataSource;

    /// <exception cref="InvalidOperationException">Npgsql rejects the connection string.</exception>
    public PostgresDatabase(SqlSource source)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            _dataSource = NpgsqlDataSource.Create(settings);
            MaxStatements = settings.MaxPoolSize;
        }
        catch (Exception)
        {
            // Catches everything: Npgsql rejects settings with exceptions of many types. Neither the message nor the
            // exception itself is passed on: both may quote the connection string.
            throw new InvalidOperationException(
                $"'ConnectionStrings:{source.Name}' has a setting that Npgsql rejects.");
        }
    }

    /// <inheritdoc />
    public int MaxStatements { get; }

    /// <inheritdoc />
    /// <remarks>A connection that was closed while it was idle in the pool is detected only by the statement that gets
    /// it. The statement then runs once more on a new connection, which is safe because it is a query. If the database
    /// rejects the connection or the statement takes too long, it is not repeated.</remarks>
    public async Task<LoadResult> QueryAsync(
        SqlFallback fallback, CacheKey key, JsonRows rows, CancellationToken cancellationToken)
    {
        var connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                return await RunAsync(connection).ConfigureAwait(false);
            }
            catch (NpgsqlException exception)
                when (HasBroken(connection, exception) && !cancellationToken.IsCancellationRequested)
            {
                // Whatever closed one pooled connection has usually closed the others, so none of them may be used
                // next.
                _dataSource.Clear();
            }
        }

        var fresh = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = fresh.ConfigureAwait(false);
        return await RunAsync(fresh).ConfigureAwait(false);

        async Task<LoadResult> RunAsync(NpgsqlConnection connection)
        {
            using var command = connection.CreateCommand();
            Prepare(command, fallback, name => fallback.Parameters.ValueOf(name, ValueOf(key, name)));
            command.CommandTimeout = (int)Math.Ceiling(fallback.Timeout.TotalSeconds) + 1;
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var disposal = reader.ConfigureAwait(false);
            return await rows.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> DescribeAsync(SqlFallback fallback, CancellationToken cancellationToken)
    {
        using var command = _dataSource.CreateCommand();
        Prepare(command, fallback, name => fallback.Parameters.TypeOf(name) switch
        {
            SqlParameterType.Integer => 0L,
            SqlParameterType.Boolean => false,
            SqlParameterType.Uuid => Guid.Empty,
            SqlParameterType.Date => DateOnly.FromDateTime(DateTime.UnixEpoch),
            _ => string.Empty,
        });
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
        key.Parameters.First(parameter => parameter.Name == name).Value;

    private static bool HasBroken(NpgsqlConnection connection, NpgsqlException exception) =>
        connection.State != ConnectionState.Open && exception.InnerException is not TimeoutException;

    private static void Prepare(NpgsqlCommand command, SqlFallback fallback, Func<string, object> valueOf)
    {
        command.CommandText = fallback.Statement.ToPositional();
        // The first and the last date are sent as text: Npgsql would convert them to infinities.
        foreach (var name in fallback.Statement.Parameters.Select(parameter => parameter[1..]))
        {
            var value = valueOf(name);
            command.Parameters.Add(value is DateOnly date && (date == DateOnly.MinValue || date == DateOnly.MaxValue)
                ? new() { Value = date.ToString("O", CultureInfo.InvariantCulture), NpgsqlDbType = Unknown }
                : new() { Value = value, NpgsqlDbType = TypeOf(fallback.Parameters.TypeOf(name)) });
        }
    }

    private static NpgsqlDbType TypeOf(SqlParameterType type) => type switch
    {
        SqlParameterType.Integer => NpgsqlDbType.Bigint,
        SqlParameterType.Boolean => NpgsqlDbType.Boolean,
        SqlParameterType.Uuid => NpgsqlDbType.Uuid,
        SqlParameterType.Date => NpgsqlDbType.Date,

        // Sent without a type, like a literal in the SQL: an integer column accepts the text '42'.
        _ => Unknown,
    };
}
