using CacheOrleans.Shop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Shop.Catalog;

/// <summary>Reads lists of products through a <see cref="HybridCache"/>. Some lists contain prices, so all have one tag
/// by which they are removed together.</summary>
internal sealed class Listings(IDbContextFactory<ShopDatabase> databases, HybridCache cache)
{
    public const string Tag = "listings";

    public ValueTask<List<CategorySummary>> CategoriesAsync(CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync("categories", LoadCategoriesAsync, tags: [Tag], cancellationToken: cancellationToken);

    public ValueTask<List<Product>> ProductsAsync(string category, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(
            $"category/{category}",
            token => LoadProductsAsync(category, token),
            tags: [Tag],
            cancellationToken: cancellationToken);

    private async ValueTask<List<CategorySummary>> LoadCategoriesAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var products = await database.Products.AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. products.GroupBy(product => product.Category)
                .OrderBy(category => category.Key, StringComparer.Ordinal)
                .Select(category => new CategorySummary(
                    category.Key, category.Count(), category.Min(product => product.Price))),
        ];
    }

    private async ValueTask<List<Product>> LoadProductsAsync(string category, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Products.AsNoTracking()
            .Where(product => product.Category == category)
            .OrderBy(product => product.Name)
            .ToListAsync(cancellationToken);
    }
}
