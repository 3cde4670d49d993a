namespace CacheOrleans.Catalog;

/// <summary>The configuration of the caches over the catalog.</summary>
public static class CatalogSettings
{
    /// <summary>Opens the JSON, whose caches read <c>ConnectionStrings:Catalog</c>.</summary>
    public static Stream Open() =>
        typeof(CatalogSettings).Assembly.GetManifestResourceStream("caches.json")!;
}
