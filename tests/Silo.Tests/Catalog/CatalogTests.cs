using System.Text.Json;
using CacheOrleans.Catalog;
using CacheOrleans.Testing;

namespace CacheOrleans.Silo.Tests.Catalog;

public sealed class CatalogTests(PostgresFixture postgres, CatalogFixture built)
    : IClassFixture<CatalogFixture>, IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"cacheorleans-catalog-{Guid.NewGuid():N}");

    [Theory]
    [InlineData("country/v1?code=KR", "대한민국")]
    [InlineData("country/v1?code=KR", "\"currency\":\"KRW\"")]
    [InlineData("country/v1?code=CH", "Schweiz")]
    [InlineData("country/v1?code=CN", "中国")]
    [InlineData("country/v1?code=GB", "United Kingdom")]
    [InlineData("country/v1?code=XK", "not found")]
    [InlineData("country/v1?code=001", "not found")]
    [InlineData("currency/v1?code=JPY", "Japanese Yen")]
    [InlineData("currency/v1?code=EUR", "€")]
    [InlineData("language/v1?code=ko", "한국어")]
    [InlineData("language/v1?code=ar", "\"is_right_to_left\":true")]
    [InlineData("time_zone/v1?id=Asia%2FSeoul", "\"base_utc_offset_minutes\":540")]
    [InlineData("time_zone/v1?id=Europe%2FBerlin", "\"has_daylight_saving\":true")]
    [InlineData("countries_by_currency/v1?currency=EUR", "\"code\":\"FI\"")]
    [InlineData("home/v1", "\"countries\":2")]
    public async Task Load_RealKey_HasRealData(string key, string part)
    {
        Assert.Contains(part, await built.Caches.TextAsync(key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_Yen_HasItsSymbol()
    {
        using var yen = JsonDocument.Parse(await built.Caches.TextAsync("currency/v1?code=JPY"));
        Assert.Matches("^[¥￥]$", yen.RootElement.GetProperty("symbol").GetString());
    }

    [Fact]
    public async Task Load_CountriesOfTheEuro_ReturnsMoreThanFifteen()
    {
        using var countries =
            JsonDocument.Parse(await built.Caches.TextAsync("countries_by_currency/v1?currency=EUR"));
        Assert.True(countries.RootElement.GetArrayLength() > 15);
        using var one = JsonDocument.Parse(await built.Caches.TextAsync("countries_by_currency/v1?currency=JPY"));
        Assert.Equal(1, one.RootElement.GetArrayLength());
    }

    [Fact]
    public void Collect_EveryTable_HasItsKeysOnceAndOnlyRealCodes()
    {
        foreach (var table in CatalogData.Collect())
        {
            Assert.Equal(table.Rows.Count, table.Rows.Select(row => row[0]).Distinct().Count());
            Assert.All(table.Rows, row => Assert.All(row, value => Assert.NotEqual(string.Empty, value)));
        }

        var countries = CatalogData.Collect().Single(table => table.Name == "country").Rows;
        Assert.InRange(countries.Count, 200, 249);
        Assert.All(countries, row => Assert.Matches("^[A-Z]{2} [A-Z]{3} [A-Z]{3}$", $"{row[0]} {row[1]} {row[5]}"));
    }

    [Fact]
    public async Task Build_ConcurrentRuns_EndWithOneValidFile()
    {
        var builds = Enumerable.Range(0, 8).Select(_ => Task.Run(() => CatalogBuilder.BuildAsync(_folder, default)));
        var connectionStrings = await Task.WhenAll(builds);
        Assert.Single(connectionStrings.Distinct());
        Assert.Single(Directory.GetFiles(_folder));
        await using var caches = new CatalogCaches(connectionStrings[0]);
        Assert.Contains("대한민국", await caches.TextAsync("country/v1?code=KR"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_FileExists_IsKept()
    {
        await CatalogBuilder.BuildAsync(_folder, default);
        var file = Directory.GetFiles(_folder).Single();
        var written = File.GetLastWriteTimeUtc(file);
        await CatalogBuilder.BuildAsync(_folder, default);
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Build_FileIsDamaged_IsReplaced(int bytesLeft)
    {
        await CatalogBuilder.BuildAsync(_folder, default);
        var file = Directory.GetFiles(_folder).Single();
        await using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(bytesLeft);
        }

        await using var caches = new CatalogCaches(await CatalogBuilder.BuildAsync(_folder, default));
        Assert.Contains("대한민국", await caches.TextAsync("country/v1?code=KR"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seed_ConcurrentRuns_OneWritesAndCachesAnswerAsWithSqlite()
    {
        var seeds = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => CatalogSeeder.SeedAsync(postgres.ConnectionString, default)));
        Assert.Equal(1, seeds.Count(written => written));

        await using var server = new CatalogCaches(postgres.ConnectionString);
        await server.StartAsync();
        foreach (var key in Keys())
        {
            var text = await built.Caches.TextAsync(key);
            Assert.NotEqual("not found", text);
            Assert.Equal(text, await server.TextAsync(key));
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static IEnumerable<string> Keys()
    {
        var tables = CatalogData.Collect();
        IEnumerable<string> Of(string table, string key, int column = 0) =>
            tables.Single(candidate => candidate.Name == table).Rows
                .Select(row => key + Uri.EscapeDataString((string)row[column])).Distinct();
        return
        [
            "home/v1",
            .. Of("country", "country/v1?code="),
            .. Of("currency", "currency/v1?code="),
            .. Of("language", "language/v1?code="),
            .. Of("time_zone", "time_zone/v1?id="),
            .. Of("country", "countries_by_currency/v1?currency=", column: 5),
        ];
    }
}
