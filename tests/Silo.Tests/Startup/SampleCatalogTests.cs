using System.Text.Json;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Testing;
using Microsoft.Data.Sqlite;

namespace CacheOrleans.Silo.Tests.Startup;

public sealed class SampleCatalogTests
{
    private static readonly string[] OwnCache =
    [
        "--Caches:plain:Key", "plain:{id}",
        "--Caches:plain:TimeToLive", "5m",
    ];

    private static readonly string[] AskedForInProduction = ["--environment", "Production", "--Sample", "true"];

    public static TheoryData<string[]> WithTheSample => new()
    {
        { ["--environment", "Development"] },
        { ["--environment", "Development", "--ConnectionStrings:Redis", " "] },
        { AskedForInProduction },
        { [.. AskedForInProduction, .. OwnCache] },
    };

    public static TheoryData<string[]> WithoutTheSample => new()
    {
        { ["--environment", "Production"] },
        { ["--environment", "Staging"] },
        { ["--environment", "Development", .. OwnCache] },
        { ["--environment", "Development", "--ConnectionStrings:Redis", "127.0.0.1:9"] },
        { ["--environment", "Development", "--ConnectionStrings:Orders", "Host=127.0.0.1"] },
        { ["--environment", "Development", "--Sample", "false"] },
    };

    [Theory]
    [MemberData(nameof(WithTheSample))]
    public async Task Start_UnconfiguredDevelopmentOrRequested_ShowsTheSample(string[] arguments)
    {
        await using var host = await StartAsync(arguments);

        using var http = new HttpClient { BaseAddress = new Uri(host.App.Urls.First()) };
        var country = await http.GetStringAsync("/api/caches/country/entry?code=KR");
        Assert.Contains("대한민국", country, StringComparison.Ordinal);
        Assert.Contains(Banner.Lines(host), line => line.Contains("/country/entry?code=KR", StringComparison.Ordinal));
        await host.App.StopAsync();
    }

    [Theory]
    [MemberData(nameof(WithoutTheSample))]
    public async Task Start_ProductionOrOwnConfiguration_HasNoSampleCaches(string[] arguments)
    {
        await using var host = await StartAsync([.. arguments, "--WriteBehind:DrainTimeout", "00:00:00"]);

        Assert.Equal(arguments.Contains("--Caches:plain:Key") ? ["plain"] : [], await CachesAsync(host));
        Assert.DoesNotContain(Banner.Lines(host), line => line.Contains("country", StringComparison.Ordinal));
        await host.App.StopAsync();
    }

    [Fact]
    public async Task Start_OwnDatabaseCalledCatalog_IsReadByItsOwnCaches()
    {
        var file = Path.Combine(Path.GetTempPath(), $"cacheorleans-{Guid.NewGuid():N}.db");
        await CreateAsync(file);
        await using (var host = await StartAsync(
            "--environment", "Development",
            "--ConnectionStrings:Catalog", $"Data Source={file}",
            "--Caches:book:Key", "book:{isbn}",
            "--Caches:book:TimeToLive", "5m",
            "--Caches:book:Fallback:ConnectionString", "Catalog",
            "--Caches:book:Fallback:Sql", "select title from book where isbn = @isbn"))
        {
            using var http = new HttpClient { BaseAddress = new Uri(host.App.Urls.First()) };

            Assert.Equal("""{"title":"Emma"}""", await http.GetStringAsync("/api/caches/book/entry?isbn=1"));
            Assert.Equal(["book"], await CachesAsync(host));
            Assert.Contains("  caches      book", Banner.Lines(host));
            await host.App.StopAsync();
        }

        File.Delete(file);
    }

    [Fact]
    public async Task Start_SampleIsNeitherTrueNorFalse_FailsAndNamesTheSetting()
    {
        var failure = StartFailure.Describe(await Assert.ThrowsAnyAsync<Exception>(
            () => StartAsync("--Sample", "perhaps")));

        Assert.Equal(ExitCode.Configuration, failure?.Code);
        Assert.Contains("Sample", failure!.Message, StringComparison.Ordinal);
    }

    private static Task<SiloHost> StartAsync(params string[] arguments) =>
        HostFixture.StartAsync(HostFixture.Arguments(FreePort.Next(), FreePort.Next(), arguments));

    private static async Task<IEnumerable<string?>> CachesAsync(SiloHost host)
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.App.Urls.First()) };
        using var caches = JsonDocument.Parse(await http.GetStringAsync("/api/caches"));
        return [.. caches.RootElement.EnumerateArray().Select(cache => cache.GetProperty("name").GetString())];
    }

    private static async Task CreateAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "create table book (isbn text, title text); insert into book values ('1', 'Emma')";
        await command.ExecuteNonQueryAsync();
    }
}
