namespace CacheOrleans.Sql.Tests.Declarations;

public class SqlFallbackReaderTests
{
    private const string Sqlite = "Data Source=nowhere.db";
    private const string Key = "thing:{code}";
    private const string Sql = "select 1 as one where 'a' = @code";

    [Theory]
    [InlineData(Key, "select 1 where 'a' = @kode", "@kode", "thing:{code}")]
    [InlineData(Key, "select 1", "'@code'", "does not use")]
    [InlineData(Key, "select 1 where 'a' = @Code", "@Code", "does not have")]
    [InlineData(Key, "select 1 where 'a' = :code", ":code", "does not have")]
    [InlineData("thing", "select 1 where 'a' = @code", "@code", "it has none")]
    [InlineData("thing:{a}:{b}", "select @a", "'@b'", "does not use")]
    [InlineData(Key, "", "Caches:test:Fallback:Sql", "missing or empty")]
    [InlineData(Key, "select @code; select 1", "Caches:test:Fallback:Sql", "more than one statement")]
    [InlineData("thing:{", Sql, "thing:{", "brace")]
    public void Read_SqlDoesNotFitTheKey_NamesCacheAndParameter(string key, string sql, string first, string second) =>
        AssertRejected(SqlHost.Cache(Sqlite, key, sql), first, second);

    [Theory]
    [InlineData("Caches:test:Fallback:Rows", "Two", "One or Many")]
    [InlineData("Caches:test:Fallback:Rows", "1", "One or Many")]
    [InlineData("Caches:test:Fallback:Parameters:code", "int", "Boolean or Uuid or Date; it is 'int'")]
    [InlineData("Caches:test:Fallback:Parameters:code", "1", "Text or Integer")]
    [InlineData("Caches:test:Fallback:Parameters:Code", "integer", "it has '@code'")]
    [InlineData("Caches:test:Fallback:MaxConcurrency", "0", "between 1 and 1024")]
    [InlineData("Caches:test:Fallback:MaxConcurrency", "1025", "between 1 and 1024")]
    [InlineData("Caches:test:Fallback:MaxConcurrency", "many", "a whole number")]
    [InlineData("Caches:test:Fallback:Timeout", "00:00:01", "is not a setting")]
    [InlineData("Caches:test:Fallback:Row", "Many", "did you mean Caches:test:Fallback:Rows?")]
    [InlineData("Caches:test:FallbackTimeout", "30", "write 30s")]
    [InlineData("Caches:test:Fallback:ConnectionString", "Other", "ConnectionStrings:Other")]
    [InlineData("Caches:test:FallbackTimeout", "soon", "00:00:30")]
    [InlineData("Caches:test:FallbackTimeout", "01:00:00", "00:00:30")]
    public void Read_WrongSetting_NamesItsPath(string path, string value, string second) =>
        AssertRejected([.. SqlHost.Cache(Sqlite, Key, Sql), (path, value)], path.Split(':')[^1], second);

    [Theory]
    [InlineData("Caches:test:Fallback", "select 1")]
    [InlineData("Caches:test:Fallback:Sql", "select 1")]
    [InlineData("Caches:test:Fallback:ConnectionString", "Db")]
    [InlineData("Caches:test:Fallback", "")]
    public void Read_IncompleteFallback_NamesTheMissingPart(string path, string value) =>
        AssertRejected([("Caches:test:Key", Key), (path, value)], "Caches:test:Fallback:", "is missing or empty");

    [Fact]
    public void Read_CacheWithoutAKey_SaysSo() =>
        AssertRejected(
            [.. SqlHost.Cache(Sqlite, Key, Sql).Where(pair => pair.Path != "Caches:test:Key")],
            "Caches:test:Key", "missing");

    [Theory]
    [InlineData("Passwort=geheim")]
    [InlineData("postgres://me:geheim@host/db")]
    [InlineData("Host=x;Data Source=geheim")]
    [InlineData("geheim")]
    public void Read_UnknownProvider_NamesBothFormsAndKeepsTheSecret(string connectionString)
    {
        var error = AssertRejected(SqlHost.Cache(connectionString, Key, Sql), "ConnectionStrings:Db", "Data Source=");
        Assert.Contains("Host=", error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=x;Geheim=geheim")]
    [InlineData("Host=x;Geheim=")]
    [InlineData("Host=x;Target Session Attributes=primary")]
    [InlineData("Data Source=x;Geheim=geheim")]
    [InlineData("Data Source=x;Default Timeout=geheim")]
    [InlineData("Data Source=x;Foreign Keys=geheim")]
    public async Task Start_ProviderRejectsASetting_NamesTheConnectionString(string connectionString)
    {
        await using var host = new SqlHost(SqlHost.Cache(connectionString, Key, Sql));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);
        Assert.Contains("ConnectionStrings:Db", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("eheim", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_CachesWithAndWithoutFallback_RegistersLoadersForTheFirst()
    {
        await using var host = new SqlHost([.. SqlHost.Cache(Sqlite, Key, Sql), ("Caches:plain:Key", "plain")]);
        Assert.Equal(["test"], host.Loaders);
    }

    private static string AssertRejected((string Path, string Value)[] settings, params string[] parts)
    {
        var exception = Assert.Throws<InvalidOperationException>(
            () => new SqlHost([.. settings.GroupBy(pair => pair.Path).Select(group => group.Last())]));
        Assert.All([.. parts, "Cache 'test'"],
            part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        return exception.ToString();
    }
}
