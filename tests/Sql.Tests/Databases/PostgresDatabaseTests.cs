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
    public async Task Load_PostgresType_IsConvertedToJson(string sql, string expected)
    {
        await using var host = Host("things", sql);
        Assert.Equal(expected, await host.TextAsync());
    }

    /// <remarks>The driver would convert these dates to infinities.</remarks>
    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public async Task Load_FirstAndLastDate_AreUnchanged(string date)
    {
        await using var host = Host(
            "thing:{date}",
            "select text from (values ('0001-01-01'), ('9999-12-31')) as days(text) where text::date = @date",
            ("Caches:test:Fallback:Parameters:date", "date"));
        Assert.Equal($$"""{"text":"{{date}}"}""", await host.TextAsync(("date", date)));
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

    [Theory]
    [InlineData("json")]
    [InlineData("jsonb")]
    public async Task Load_DeepJson_NamesTheAllowedDepth(string type)
    {
        await using var host = Host("things", $"select (repeat('[', 65) || repeat(']', 65))::{type} as doc");
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.TextAsync());
        Assert.Contains(
            $"Cache 'test', Caches:test:Fallback:Sql: the column 'doc' of type '{type}' is nested 65 levels deep",
            exception.Message,
            StringComparison.Ordinal);
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
    public async Task Load_IdleConnectionsWereClosed_RunsOnANewConnection()
    {
        var name = $"idle{Guid.NewGuid():N}";
        await using var host = new SqlHost(SqlHost.Cache(
            $"{ConnectionString};Application Name={name}",
            "thing:{id}",
            "select id, pg_sleep(0.1) is null as slept from thing where id = @id"));
        const int Connections = 8;
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => host.TextAsync(("id", "1"))));
            Assert.InRange(await EndAsync(name), 2, Connections);
            await Eventually.TrueAsync(async () => await EndAsync(name) == 0, "the server has closed them");

            // One after the other, then all at once.
            Assert.NotNull(await host.TextAsync(("id", "2")));
            Assert.NotNull(await host.TextAsync(("id", "3")));
        }

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => host.TextAsync(("id", "1"))));
        Assert.InRange(await EndAsync(name), 2, Connections);
        var texts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => host.TextAsync(("id", "1"))));
        Assert.All(texts, Assert.NotNull);
    }

    [Fact]
    public async Task Load_ConnectionClosesEachTime_RunsTwice()
    {
        await ExecuteAsync($"create sequence {_schema}.runs");
        await using var host = new SqlHost(SqlHost.Cache(
            ConnectionString,
            "things",
            "select nextval('runs') as run, pg_terminate_backend(pg_backend_pid()) as gone"));

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => host.TextAsync());

        Assert.Equal(2L, await ExecuteAsync($"select last_value from {_schema}.runs"));
    }

    [Fact]
    public async Task Load_StatementTakesTooLong_RunsOnce()
    {
        await ExecuteAsync($"create sequence {_schema}.runs");
        await using var host = new SqlHost(SqlHost.Cache(
            $"{ConnectionString};Cancellation Timeout=-1",
            "things",
            "select nextval('runs') as run, pg_sleep(3600) is null as slept",
            ("Caches:test:FallbackTimeout", "00:00:01")));

        await Assert.ThrowsAnyAsync<Exception>(() => host.TextAsync());

        Assert.Equal(1L, await ExecuteAsync($"select last_value from {_schema}.runs"));
    }

    [Fact]
    public async Task Load_AnotherCachesTableIsLocked_AnswersAtOnce()
    {
        await ExecuteAsync($"create table {_schema}.locked as select * from {_schema}.thing");
        await using var host = new SqlHost(SqlHost.Cache(
            ConnectionString,
            "thing:{id}",
            "select id from locked where id = 1 and @id = @id",
            SqlHost.Other("other:{id}", "select id from thing where id = @id")));
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"lock table {_schema}.locked in access exclusive mode";
            await command.ExecuteNonQueryAsync();
        }

        var readers = Enumerable.Range(0, 200).Select(id => host.TextAsync(("id", $"{id}"))).ToList();
        for (var id = 1; id <= 3; id++)
        {
            var load = host.LoadOfAsync("other", default, ("id", $"{id}")).AsTask();
            Assert.NotNull((await load.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System)).Value);
        }

        Assert.All(readers, reader => Assert.False(reader.IsCompleted));
        await transaction.RollbackAsync();
        Assert.All(await Task.WhenAll(readers), Assert.NotNull);
    }

    [Fact]
    public async Task Start_ConnectionRefused_WarnsOnceAndGoesOn()
    {
        await using var host = new SqlHost(SqlHost.Cache(
            $"Host=127.0.0.1;Port={FreePort.Next()};Username=x", "things", "select 1 as one"));
        await host.StartAsync();
        Assert.Equal(5000, Assert.Single(host.Logs.GetSnapshot()).Id.Id);
    }

    [Fact]
    public async Task Start_NoAnswer_WarnsWithinTheLimit()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await using var host = new SqlHost(SqlHost.Cache(
            $"Host=127.0.0.1;Port={((System.Net.IPEndPoint)listener.LocalEndpoint).Port};Username=x;Timeout=300",
            "things", "select 1 as one", ("SqlFallbacks:StartCheckTimeout", "00:00:00.200")));
        var start = Stopwatch.GetTimestamp();
        await host.StartAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "The start waited for the database.");
        Assert.Equal(5000, Assert.Single(host.Logs.GetSnapshot()).Id.Id);
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

    /// <summary>Closes all connections of an application.</summary>
    /// <returns>How many connections there were.</returns>
    private async Task<long> EndAsync(string application) => (long)(await ExecuteAsync(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity "
        + $"where application_name = '{application}'"))!;

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
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
