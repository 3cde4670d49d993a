using CacheOrleans.Catalog;

namespace CacheOrleans.Silo.Tests.Catalog;

/// <summary>A built catalog, and the sample's caches over it; built once for the tests that only read it.</summary>
public sealed class CatalogFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cacheorleans-catalog-").FullName;

    internal CatalogCaches Caches { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Caches = new CatalogCaches(await CatalogBuilder.BuildAsync(_folder, default));
        await Caches.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Caches.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
