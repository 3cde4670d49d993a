using CacheOrleans.Client;

namespace CacheOrleans.Shop.Catalog;

/// <summary>Finds products.</summary>
internal interface IProducts
{
    [CacheWithFallback("product", Key = "product:{id}", TimeToLive = "00:05:00")]
    ValueTask<Product?> FindAsync(int id, CancellationToken cancellationToken = default);
}
