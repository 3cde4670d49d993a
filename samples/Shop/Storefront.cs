using CacheOrleans.Shop.Answers;
using CacheOrleans.Shop.Catalog;

namespace CacheOrleans.Shop;

/// <summary>Reads the values for pages and endpoints, each with its source.</summary>
internal sealed class Storefront(IProducts products, Listings listings, StockLevels stock, AnswerLog answers)
{
    public Task<Answer<Product?>> FindAsync(int id, CancellationToken cancellationToken) =>
        answers.WatchAsync($"product {id}", "decorator", () => products.FindAsync(id, cancellationToken));

    public Task<Answer<List<CategorySummary>>> CategoriesAsync(CancellationToken cancellationToken) =>
        answers.WatchAsync("categories", "HybridCache", () => listings.CategoriesAsync(cancellationToken));

    public Task<Answer<List<Product>>> ProductsAsync(string category, CancellationToken cancellationToken) =>
        answers.WatchAsync(
            $"category {category}", "HybridCache", () => listings.ProductsAsync(category, cancellationToken));

    public Task<Answer<int>> StockAsync(int productId, CancellationToken cancellationToken) =>
        answers.WatchAsync(
            $"stock of {productId}", "ICacheClient", () => stock.CountAsync(productId, cancellationToken));

    public Task<Answer<IReadOnlyDictionary<int, int>>> StockAsync(
        IReadOnlyCollection<int> productIds, CancellationToken cancellationToken) =>
        answers.WatchAsync(
            $"stock of {productIds.Count} products",
            "ICacheClient",
            () => stock.CountManyAsync(productIds, cancellationToken));
}
