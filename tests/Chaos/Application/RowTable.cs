using CacheOrleans.Testing;
using Npgsql;

namespace CacheOrleans.Chaos.Application;

/// <summary>The rows in PostgreSQL, each with a version that only grows.</summary>
internal sealed class RowTable(string connectionString, Random random) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    /// <summary>Creates the table with its rows.</summary>
    public async Task CreateAsync() => await ExecuteAsync(
        "create table rows (id int primary key, version bigint not null);"
        + $"insert into rows select id, 1 from generate_series(0, {Row.Count - 1}) id");

    /// <summary>Changes rows, and returns their new versions.</summary>
    public Task<IReadOnlyDictionary<int, long>> ChangeAsync(IReadOnlyList<int> rows) => QueryAsync(
        "update rows set version = version + 1 where id = any($1) returning id, version",
        rows,
        CancellationToken.None);

    /// <summary>Loads rows as a fallback: it reads first, and sometimes returns late.</summary>
    public async Task<IReadOnlyDictionary<int, long>> LoadAsync(
        IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        var versions = await QueryAsync("select id, version from rows where id = any($1)", rows, cancellationToken);
        await Latency.OfAsync(NextDelay());
        return versions;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Executes a statement.</summary>
    public async Task ExecuteAsync(string statement)
    {
        await using var command = _source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<IReadOnlyDictionary<int, long>> QueryAsync(
        string statement, IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(statement);
        command.Parameters.Add(new NpgsqlParameter { Value = rows.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<int, long> versions = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(reader.GetInt32(0), reader.GetInt64(1));
        }

        return versions;
    }

    private int NextDelay()
    {
        lock (random)
        {
            return random.Next(20) switch { < 15 => 0, < 19 => random.Next(100), _ => random.Next(1500) };
        }
    }
}
