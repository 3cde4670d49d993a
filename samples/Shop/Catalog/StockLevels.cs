using CacheOrleans.Client;
using CacheOrleans.Definitions;
using CacheOrleans.Shop.Data;
using Microsoft.EntityFrameworkCore;

namespace CacheOrleans.Shop.Catalog;

/// <summary>Reads through <see cref="ICacheClient"/> how many of a product are left, for one product or for many at a
/// time.</summary>
internal sealed class StockLevels(IDbContextFactory<ShopDatabase> databases, ICacheClient cache)
{
    public static readonly CacheDefinition<int, int> Cache =
        new("stock", "stock:{product_id}", TimeSpan.FromMinutes(1));

    public ValueTask<int> CountAsync(int productId, CancellationToken cancellationToken) =>
        cache.GetWithFallbackAsync(Cache, productId, LoadAsync, cancellationToken: cancellationToken);

    public ValueTask<IReadOnlyDictionary<int, int>> CountManyAsync(
        IReadOnlyCollection<int> productIds, CancellationToken cancellationToken) =>
        cache.GetManyWithFallbackAsync(Cache, productIds, LoadManyAsync, cancellationToken: cancellationToken);

    private async ValueTask<int> LoadAsync(int productId, CancellationToken cancellationToken)
    {
        var counts = await LoadManyAsync([productId], cancellationToken);
        return counts.GetValueOrDefault(productId);
    }

    private async ValueTask<IReadOnlyDictionary<int, int>> LoadManyAsync(
        IReadOnlyList<int> productIds, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Stock
            .Where(stock => productIds.Contains(stock.ProductId))
            .ToDictionaryAsync(stock => stock.ProductId, stock => stock.Count, cancellationToken);
    }
}
