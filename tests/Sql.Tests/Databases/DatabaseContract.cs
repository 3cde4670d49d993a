using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CacheOrleans.Testing;

namespace CacheOrleans.Sql.Tests.Databases;

/// <summary>Tests that every supported database must pass.</summary>
public abstract class DatabaseContract
{
    private const string Rows = "Caches:test:Fallback:Rows";
    private const string Types = "Caches:test:Fallback:Parameters:";

    /// <summary>Created once for each test, with the table <c>thing(id integer, name text, flag boolean)</c>.</summary>
    protected abstract string ConnectionString { get; }

    /// <summary>A query without parameters that would run for hours.</summary>
    protected abstract string EndlessSql { get; }

    /// <summary>Returns whether a statement that contains the given mark is running.</summary>
    protected abstract Task<bool> IsRunningAsync(string mark);

    [Fact]
    [Trait("Row", "L2")]
    public async Task Load_OneRow_ReturnsAnObject()
    {
        await using var host = Host("thing:{id}", "select id, name, flag from thing where id = @id");
        Assert.Equal("""{"id":1,"name":"대한민국 <é> \"q\"","flag":true}""", await host.TextAsync(("id", "1")));
    }

    [Fact]
    public async Task Load_SeveralRows_ReturnsAnArray()
    {
        await using var host = Host("things", "select id from thing order by id");
        Assert.Equal("""[{"id":1},{"id":2},{"id":3}]""", await host.TextAsync());
    }

    [Fact]
    public async Task Load_OneRowOfMany_ReturnsAnArray()
    {
        await using var host = Host("thing:{id}", "select id from thing where id = @id", (Rows, "Many"));
        Assert.Equal("""[{"id":2}]""", await host.TextAsync(("id", "2")));
    }

    [Theory]
    [InlineData("One")]
    [InlineData("Many")]
    public async Task Load_NoRow_IsNotFound(string rows)
    {
        await using var host = Host("thing:{id}", "select id from thing where id = @id", (Rows, rows));
        Assert.Null(await host.TextAsync(("id", "99")));
    }

    [Fact]
    public async Task Load_ParameterUsedTwice_HasOneValue()
    {
        await using var host = Host(
            "thing:{b}:{a}", "select name from thing where name = @a or name = @b or name = @a order by id desc");
        Assert.Equal("""[{"name":"three"},{"name":"two"}]""", await host.TextAsync(("b", "three"), ("a", "two")));
    }

    [Theory]
    [InlineData("'; drop table thing; --")]
    [InlineData("' or '1'='1")]
    [InlineData("x'); delete from thing; --")]
    public async Task Load_InjectionText_IsData(string text)
    {
        await using var host = Host("thing:{name}", "select id from thing where name = @name");
        Assert.Null(await host.TextAsync(("name", text)));
        await using var all = Host("things", "select count(*) as things from thing");
        Assert.Equal("""{"things":3}""", await all.TextAsync());
    }

    [Fact]
    public async Task Load_NullNumbersAndText_KeepTheirTypes()
    {
        await using var host = Host("things",
            "select null as missing, 9007199254740993 as big, 0.5 as half, -7 as negative, 'true' as text");
        Assert.Equal(
            """{"missing":null,"big":9007199254740993,"half":0.5,"negative":-7,"text":"true"}""",
            await host.TextAsync());
    }

    [Fact]
    public async Task Load_BeyondTheLargestValue_SaysWhichLimit()
    {
        await using var host = Host("things", """
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
            select i, 'some text to fill it' as text from n
            """);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.TextAsync());
        Assert.Contains("Limits:MaxValueBytes", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Cache 'test'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_TableDropped_ThrowsTheDatabasesError()
    {
        await using var host = Host("things", "select id from gone");
        var exception = await Assert.ThrowsAnyAsync<DbException>(() => host.TextAsync());
        Assert.Contains("gone", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_Cancelled_EndsTheStatementInTheDatabase()
    {
        var mark = $"mark{Guid.NewGuid():N}";
        await using var host = Host(
            "things", $"{EndlessSql} /* {mark} */", ("Caches:test:FallbackTimeout", "00:00:25"));
        using var limit = new CancellationTokenSource();
        var load = host.LoadAsync(limit.Token).AsTask();
        await Eventually.TrueAsync(async () => load.IsCompleted || await IsRunningAsync(mark), "the statement runs");
        Assert.False(load.IsCompleted, load.Exception?.ToString());

        var start = Stopwatch.GetTimestamp();
        await limit.CancelAsync();
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => load);

        Assert.Contains("Cache 'test'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("FallbackTimeout of 00:00:25", exception.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "The statement was not cancelled.");
        Assert.False(await IsRunningAsync(mark));
    }

    [Fact]
    public async Task Load_AfterACancelledLoad_ConnectionIsUsable()
    {
        await using var host = Host("thing:{id}", "select id from thing where id = @id");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => host.LoadAsync(cancelled.Token, ("id", "1")).AsTask());
        Assert.Equal("""{"id":1}""", await host.TextAsync(("id", "1")));
    }

    [Fact]
    public async Task Load_ManyAtOnce_AllSucceed()
    {
        await using var host = Host("thing:{id}", "select id from thing where id = @id");
        var loads = Enumerable.Range(0, 200).Select(number => host.TextAsync(("id", $"{(number % 3) + 1}")));
        var texts = await Task.WhenAll(loads);
        Assert.All(texts.Index(), pair => Assert.Equal($$"""{"id":{{(pair.Index % 3) + 1}}}""", pair.Item));
    }

    [Fact]
    public async Task Load_WhileAnotherCacheHangs_HasConnectionsLeft()
    {
        await using var host = Host(
            "thing:{id}",
            $"select * from ({EndlessSql}) as endless where @id = @id",
            SqlHost.Other("other:{id}", "select id from thing where id = @id"));
        using var stop = new CancellationTokenSource();
        var hanging = Enumerable.Range(0, 200)
            .Select(id => host.LoadAsync(stop.Token, ("id", $"{id}")).AsTask()).ToList();

        for (var id = 1; id <= 3; id++)
        {
            var load = host.LoadOfAsync("other", stop.Token, ("id", $"{id}")).AsTask();
            Assert.NotNull((await load.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System)).Value);
        }

        Assert.All(hanging, load => Assert.False(load.IsCompleted));
        await stop.CancelAsync();
        foreach (var load in hanging)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => load);
        }
    }

    [Fact]
    public async Task Load_MoreThanItsOwnLimit_WaitForTheirTurn()
    {
        await using var host = Host(
            "thing:{way}",
            $"select case @way when 'fast' then 0 else ({EndlessSql}) end as i",
            ("Caches:test:Fallback:MaxConcurrency", "1"));
        using var stop = new CancellationTokenSource();
        var slow = host.LoadAsync(stop.Token, ("way", "slow")).AsTask();
        var fast = host.TextAsync(("way", "fast"));
        await using var other = Host("thing:{way}", "select @way as way");
        Assert.NotNull(await other.TextAsync(("way", "free")));
        Assert.False(fast.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => slow);
        Assert.Equal("""{"i":0}""", await fast);
    }

    [Theory]
    [InlineData("selct id from thing where id = @id", "selct")]
    [InlineData("select id from gone where id = @id", "gone")]
    [InlineData("select gone from thing where id = @id", "gone")]
    [InlineData("select id, name as id from thing where id = @id", "two columns have the name 'id'")]
    [InlineData("delete from thing where id = @id", "no columns")]
    public async Task Start_InvalidSql_FailsAndNamesCacheAndPath(string sql, string what)
    {
        await using var host = Host("thing:{id}", sql);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);
        Assert.Contains("Cache 'test', Caches:test:Fallback:Sql: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_TypedParameters_AreValuesOfTheDatabase()
    {
        await using var host = Host(
            "thing:{id}:{flag}:{text}:{uuid}:{date}",
            """
            select id, @id + 1 as next, cast(@uuid as text) as uuid, cast(@date as text) as date
            from thing where id = @id and flag = @flag and @text = '01'
            """,
            (Types + "id", "integer"), (Types + "flag", "Boolean"), (Types + "uuid", "uuid"), (Types + "date", "date"));
        await host.StartAsync();

        Assert.Equal(
            """{"id":2,"next":3,"uuid":"0b0e6f2e-5d6c-4f0a-9f0c-6f4f6a0c2b1a","date":"2028-02-29"}""",
            await host.TextAsync(
                ("id", "2"), ("flag", "false"), ("text", "01"),
                ("uuid", "0b0e6f2e-5d6c-4f0a-9f0c-6f4f6a0c2b1a"), ("date", "2028-02-29")));
    }

    [Fact]
    public async Task Load_Date_UsesTheGregorianCalendar()
    {
        await using var host = Host(
            "thing:{date}", "select cast(@date as text) as date", (Types + "date", "date"));
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
        try
        {
            Assert.Equal("""{"date":"2026-02-28"}""", await host.TextAsync(("date", "2026-02-28")));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("integer", "42,-7,0,9223372036854775807", "01,+1,1.0, 1,1 ,-0,1e3,9223372036854775808,x,")]
    [InlineData("boolean", "true,false", "True,1,yes,")]
    [InlineData(
        "uuid",
        "0b0e6f2e-5d6c-4f0a-9f0c-6f4f6a0c2b1a",
        "0B0E6F2E-5D6C-4F0A-9F0C-6F4F6A0C2B1A,{0b0e6f2e-5d6c-4f0a-9f0c-6f4f6a0c2b1a},0b0e6f2e,")]
    [InlineData("date", "2028-02-29,0001-01-01", "2027-02-29,2028-2-29,29.02.2028,2028-02-29T00:00,")]
    [InlineData("text", "01,+1, ,x", null)]
    public async Task Check_EachType_AcceptsOneTextPerValue(string type, string good, string? bad)
    {
        await using var host = Host("thing:{id}", "select 1 as one where @id is not null", (Types + "id", type));

        Assert.All(good.Split(','), text => Assert.Null(host.Check(("id", text))));
        Assert.All(bad?.Split(',') ?? [], text => Assert.Contains(
            $"got '{text}'.", host.Check(("id", text)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_ValidSql_IsLoggedAndNotRun()
    {
        await using var host = Host("thing:{id}", $"select * from ({EndlessSql}) as endless where '1' = @id");
        await host.StartAsync();
        Assert.Equal(5001, Assert.Single(host.Logs.GetSnapshot()).Id.Id);
    }

    [Fact]
    public async Task Load_AnyValue_ReturnsItsColumnsAsJson()
    {
        await using var host = Host("things", "select id, name, flag from thing order by id");
        using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes((await host.TextAsync())!));
        Assert.Equal(
            [JsonValueKind.True, JsonValueKind.False, JsonValueKind.Null],
            json.RootElement.EnumerateArray().Select(row => row.GetProperty("flag").ValueKind));
    }

    private protected SqlHost Host(string key, string sql, params (string Path, string Value)[] more) =>
        new(SqlHost.Cache(ConnectionString, key, sql, more));
}
