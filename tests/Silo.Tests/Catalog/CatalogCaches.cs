using CacheOrleans.Catalog;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Silo.Tests.Catalog;

/// <summary>The sample's caches, over a given database.</summary>
internal sealed class CatalogCaches : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public CatalogCaches(string connectionString)
    {
        using var json = CatalogSettings.Open();
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(json)
            .AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:Catalog", (string?)connectionString)])
            .Build();
        _services = new ServiceCollection().AddLogging().AddSqlFallbacks(configuration).BuildServiceProvider();
    }

    public Task StartAsync() =>
        _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single().StartingAsync(default);

    /// <summary>Loads the entry of a key, given as canonical text, and returns it as text.</summary>
    public async Task<string> TextAsync(string key)
    {
        var parsed = CacheKey.Parse(key);
        var result = await _services.GetRequiredKeyedService<ICacheLoader>(parsed.Name).LoadAsync(parsed, default);
        return result.Value is { } value ? System.Text.Encoding.UTF8.GetString(value) : "not found";
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
