using Microsoft.Data.Sqlite;

namespace CacheOrleans.Sql.Tests.Databases;

public sealed class SqliteDatabaseTests : DatabaseContract, IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"cacheorleans-{Guid.NewGuid():N}.db");

    public SqliteDatabaseTests() => Execute(Things.Sql);

    protected override string ConnectionString => $"Data Source={_path}";

    protected override string EndlessSql =>
        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(n.i) as i from n, thing";

    [Theory]
    [InlineData("select x'0102ff' as bytes", """{"bytes":"AQL/"}""")]
    [InlineData("select 9e999 as large, -9e999 as small", """{"large":"Infinity","small":"-Infinity"}""")]
    [InlineData("select j, d from kinds", """{"j":{"a": [1]},"d":"2026-01-02"}""")]
    public async Task Load_SqliteType_IsConvertedToJson(string sql, string expected)
    {
        Execute("""create table kinds(j json, d date); insert into kinds values ('{"a": [1]}', '2026-01-02')""");
        await using var host = Host("things", sql);
        Assert.Equal(expected, await host.TextAsync());
    }

    [Fact]
    public async Task Load_InvalidJsonInAJsonColumn_NamesTheColumn()
    {
        Execute("create table kinds(doc json); insert into kinds values ('{no')");
        await using var host = Host("things", "select doc from kinds");
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.TextAsync());
        Assert.Contains("'doc' of type 'json'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("is not JSON at line 1, byte 2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Load_EmptyTextInAJsonColumn_SaysSo(string text)
    {
        Execute($"create table kinds(doc json); insert into kinds values ('{text}')");
        await using var host = Host("things", "select doc from kinds");
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.TextAsync());
        Assert.Equal(
            "Cache 'test', Caches:test:Fallback:Sql: the column 'doc' of type 'json' is empty, which is not JSON.",
            exception.Message);
    }

    [Fact]
    public async Task Load_DeepJson_NamesTheAllowedDepth()
    {
        Execute($"create table kinds(doc json); insert into kinds values ('{Nested(65)}')");
        await using var host = Host("things", "select doc from kinds");
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.TextAsync());
        Assert.Equal(
            "Cache 'test', Caches:test:Fallback:Sql: the column 'doc' of type 'json' is nested 65 levels deep; JSON "
            + "here has at most 64.",
            exception.Message);

        Execute($"update kinds set doc = '{Nested(64)}'");
        Assert.Equal($$"""{"doc":{{Nested(64)}}}""", await host.TextAsync());
    }

    [Fact]
    public async Task Load_WritingStatement_IsRefused()
    {
        await using var host = Host("thing:{id}", "update thing set name = 'changed' where id = @id returning id");
        var exception = await Assert.ThrowsAsync<SqliteException>(() => host.TextAsync(("id", "1")));
        Assert.Contains("readonly", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_MoreThanTheLimit_WaitForTheirTurn()
    {
        await using var host = Host("thing:{way}", $"""
            select case @way when 'fast' then 0 else ({EndlessSql}) end as i
            """, ("SqlFallbacks:MaxConcurrentSqliteStatements", "1"));
        using var stop = new CancellationTokenSource();
        var slow = host.LoadAsync(stop.Token, ("way", "slow")).AsTask();
        var fast = host.TextAsync(("way", "fast"));
        await using var other = Host("thing:{way}", "select @way as way");
        Assert.Equal("""{"way":"free"}""", await other.TextAsync(("way", "free")));
        Assert.False(fast.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => slow);
        Assert.Equal("""{"i":0}""", await fast);
    }

    [Fact]
    public async Task Start_FileMissing_WarnsOnceAndGoesOn()
    {
        await using var host = new SqlHost(SqlHost.Cache(
            $"Data Source={_path}.missing", "thing:{id}", "select 1 as one where '1' = @id"));
        await host.StartAsync();
        Assert.Equal(5000, Assert.Single(host.Logs.GetSnapshot()).Id.Id);
        Assert.False(File.Exists(_path + ".missing"));
    }

    [Fact]
    public async Task Start_FileIsNotADatabase_Fails()
    {
        var path = _path + ".txt";
        await File.WriteAllTextAsync(path, new string('x', 5000));
        await using var host = new SqlHost(SqlHost.Cache($"Data Source={path}", "things", "select id from thing"));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);
        Assert.Contains("not a database", exception.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    public void Dispose() => File.Delete(_path);

    // Other processes cannot see SQLite's statements. One is running while the file cannot be locked exclusively.
    protected override Task<bool> IsRunningAsync(string mark)
    {
        try
        {
            Execute("begin exclusive; rollback", timeout: 1);
            return Task.FromResult(false);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is 5 or 6)
        {
            return Task.FromResult(true);
        }
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    private void Execute(string sql, int timeout = 30)
    {
        using var connection = new SqliteConnection($"Data Source={_path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = timeout;
        command.ExecuteNonQuery();
    }
}
