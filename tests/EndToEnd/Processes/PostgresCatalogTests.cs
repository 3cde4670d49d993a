using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>A silo over a PostgreSQL that the seeding command has filled.</summary>
[Collection(nameof(EmbeddedCluster))]
public sealed class PostgresCatalogTests(EmbeddedCluster sqlite) : IAsyncLifetime
{
    private static readonly string[] Entries =
    [
        "country/entry?code=KR", "country/entry?code=US", "currency/entry?code=JPY", "language/entry?code=ar",
        "time_zone/entry?id=Asia/Seoul", "countries_by_currency/entry?currency=EUR", "home/entry",
    ];

    private PostgresServer? _database;
    private SiloSettings _settings = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresServer.StartAsync();
        Assert.SkipWhen(_database is null, "There is no PostgreSQL on this machine.");
        _settings = new SiloSettings { Catalog = _database.ConnectionString };
        Assert.DoesNotContain("already", await SeedAsync(), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    [Trait("Row", "L2")]
    [Trait("Row", "L5")]
    public async Task SeededTwice_SiloWithoutTheDatabase_StartsAndAnswersAsWithSqlite()
    {
        Assert.Contains("already", await SeedAsync(), StringComparison.Ordinal);
        await _database!.StopServerAsync();
        await using var silo = await SiloProcess.StartAsync(_settings);
        using (var failed = await silo.GetEntryAsync("country/entry?code=KR"))
        {
            Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);
        }

        await _database.StartServerAsync();
        foreach (var entry in Entries)
        {
            Assert.Equal("fallback", await silo.SourceAsync(entry));
            Assert.Equal(
                await sqlite.First.Http.GetStringAsync($"/api/caches/{entry}"),
                await silo.Http.GetStringAsync($"/api/caches/{entry}"));
        }

        await _database.StopServerAsync();
        Assert.Equal("memory", await silo.SourceAsync("country/entry?code=KR"));
        await AssertNamedAsync("'currency'", silo, "currency/entry?code=CHF");
        await _database.StartServerAsync();
        Assert.Equal("fallback", await silo.SourceAsync("currency/entry?code=CHF"));
    }

    private static async Task AssertNamedAsync(string cache, SiloProcess silo, string entry)
    {
        using var failed = await silo.GetEntryAsync(entry);
        Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);
        Assert.Equal("application/problem+json", failed.Content.Headers.ContentType?.MediaType);
        var problem = await failed.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(cache, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<string> SeedAsync()
    {
        await using var command = SiloProcess.Launch(_settings, null, "seed-catalog");
        Assert.Equal(0, await command.ExitAsync(TimeSpan.FromSeconds(60)));
        return command.Output;
    }
}
