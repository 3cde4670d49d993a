using System.Diagnostics;
using CacheOrleans.Testing;
using Npgsql;

namespace CacheOrleans.Sql.Tests.Databases;

public sealed class PostgresDatabaseTests(PostgresFixture postgres) : DatabaseContract, IAsyncLifetime
{
    private readonly string _schema = $"test_{Guid.NewGuid():N}";

    protected override string ConnectionString => $"{postgres.ConnectionString};Search Path={_schema}";

    protected override string EndlessSql => "select 1 as i from pg_sleep(3600)";

    public async ValueTask InitializeAsync()
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(
            $"create schema {_schema}; set search_path = {_schema}; {Things.Sql}");
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("select true as yes, false as no", """{"yes":true,"no":false}""")]
    [InlineData("select 1::smallint as a, 1.5::real as b, 2::oid as c", """{"a":1,"b":1.5,"c":2}""")]
    [InlineData("select 1.10::numeric as a, 12345678901234567890.12345678::numeric as b",
        """{"a":1.10,"b":12345678901234567890.12345678}""")]
    [InlineData("select 'NaN'::float8 as a, 'Infinity'::float4 as b", """{"a":"NaN","b":"Infinity"}""")]
    [InlineData("""select '{"a": "é"}'::jsonb as a, '[1]'::json as b""", """{"a":{"a": "é"},"b":[1]}""")]
    [InlineData("select '\\x0102ff'::bytea as a", """{"a":"AQL/"}""")]
    [InlineData("select date '2026-01-02' as a, time '03:04:05.5' as b", """{"a":"2026-01-02","b":"03:04:05.5"}""")]
    [InlineData("select timestamp '2026-01-02 03:04:05' as a, timestamptz '2026-01-02 03:04:05.25+09' as b",
        """{"a":"2026-01-02T03:04:05","b":"2026-01-01T18:04:05.25Z"}""")]
    [InlineData("select interval '1 day 2 hours' as a", """{"a":"P1DT2H"}""")]
    [InlineData("select '6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid as a",
        """{"a":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""")]
    [InlineData("select array[1,2] as a, array['x',null,'대'] as b", """{"a":[1,2],"b":["x",null,"대"]}""")]
    public async Task Load_PostgresType_IsToldInJson(string sql, string expected)
    {
        await using var host = Host("things", sql);
        Assert.Equal(expected, await host.TextAsync());
    }

    [Theory]
    [InlineData("select 'NaN'::numeric as sum", "numeric")]
    [InlineData("select '1e60'::numeric as sum", "numeric")]
    [InlineData("select point(1, 2) as sum", "point")]
    [InlineData("select array[1, null] as sum", "integer[]")]
    public async Task Load_TypeWithoutJson_NamesTheColumn(string sql, string type)
    {
        await using var host = Host("things", sql);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.TextAsync());
        Assert.Contains($"'sum' of type '{type}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_DivisionByZero_ThrowsTheDatabasesError()
    {
        await using var host = Host("thing:{by}", "select 1 / cast(@by as integer) as part");
        await host.StartAsync();
        Assert.Equal("""{"part":1}""", await host.TextAsync(("by", "1")));
        var exception = await Assert.ThrowsAsync<PostgresException>(() => host.TextAsync(("by", "0")));
        Assert.Contains("division by zero", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NobodyListens_WarnsOnceAndGoesOn()
    {
        await using var host = new SqlHost(SqlHost.Cache(
            $"Host=127.0.0.1;Port={FreePort.Next()};Username=x", "things", "select 1 as one"));
        await host.StartAsync();
        Assert.Equal(5000, Assert.Single(host.Logs.Entries).Id.Id);
    }

    [Fact]
    public async Task Start_NoAnswer_WarnsWithinTheLimit()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await using var host = new SqlHost(SqlHost.Cache(
            $"Host=127.0.0.1;Port={((System.Net.IPEndPoint)silent.LocalEndpoint).Port};Username=x;Timeout=300",
            "things", "select 1 as one", ("SqlFallbacks:StartCheckTimeout", "00:00:00.200")));
        var start = Stopwatch.GetTimestamp();
        await host.StartAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "It did not wait for the database.");
        Assert.Equal(5000, Assert.Single(host.Logs.Entries).Id.Id);
    }

    [Fact]
    public async Task Start_DatabaseDoesNotExist_Fails()
    {
        var connectionString = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "nowhere" };
        await using var host = new SqlHost(SqlHost.Cache(
            connectionString.ConnectionString, "things", "select 1 as one"));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);
        Assert.Contains("nowhere", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:Db", exception.Message, StringComparison.Ordinal);
    }

    protected override async Task<bool> IsRunningAsync(string mark)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(
            "select count(*) from pg_stat_activity "
            + "where state = 'active' and pid <> pg_backend_pid() and position($1 in query) > 0");
        command.Parameters.AddWithValue(mark);
        return (long)(await command.ExecuteScalarAsync())! > 0;
    }
}
