using System.Data;
using System.Globalization;
using System.Net.Sockets;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Declarations;
using Npgsql;
using NpgsqlTypes;

namespace CacheOrleans.Sql.Databases;

/// <summary>PostgreSQL, over Npgsql.</summary>
internal sealed class PostgresDatabase : ISqlDatabase, IDisposable
{
    private const NpgsqlDbType Unknown = NpgsqlDbType.Unknown;

    private readonly NpgsqlDataSource _dataSource;

    /// <exception cref="InvalidOperationException">The connection string is none of Npgsql's.</exception>
    public PostgresDatabase(SqlSource source)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            _dataSource = NpgsqlDataSource.Create(settings);
            MaxStatements = settings.MaxPoolSize;
        }
        catch (ArgumentException)
        {
            // Neither its message nor itself as inner exception: both may quote the connection string.
            throw new InvalidOperationException($"'ConnectionStrings:{source.Name}' has a setting Npgsql refuses.");
        }
    }

    /// <inheritdoc />
    public int MaxStatements { get; }

    /// <inheritdoc />
    /// <remarks>A connection that was ended while it was idle in the pool is found out by the statement that gets it.
    /// The statement is then run once more, on a connection that is opened for it: it is a query. A database that
    /// refuses the connection, or takes too long, is not asked again.</remarks>
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
                // What ended one ended the others as a rule, and none of them is to be the next.
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
        // The first and the last date as text: Npgsql would make infinities of them.
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

        // Of no stated type, as a literal in the SQL would be: an integer column takes the text '42'.
        _ => Unknown,
    };
}
